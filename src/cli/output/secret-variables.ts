import type { Config } from '../../config/service/config.ts'
import { mergedFunction } from '../../config/service/find.ts'
import { secretNames } from '../../release/values/secret-names.ts'
import { keepPublic, keepSecret } from './mask.ts'

/** A shorter one is more likely to be a word that output has anyway. */
const shortest = 8

/** Masks the secrets that this process was started with, its own credentials among them: a build or a hook gets them too. */
export function keepOwnSecrets(variables: NodeJS.ProcessEnv): void {
  keepValues(secretNames(Object.keys(variables)).map((name) => variables[name]))
  keepValues(Object.values(variables).map(passwordIn))
}

/** Masks credentials that are in no variable, such as a profile's or those of single sign-on: a hook may ask for them itself. */
export function keepCredentials(texts: readonly string[]): void {
  keepValues(texts)
}

/**
 * Masks what functions have in variables whose names sound like a secret's, from the file or from this process: a build or a
 * handler that is loaded may say it.
 */
export function keepVariables(config: Config, environment: string, functions: readonly string[]): void {
  // What the file itself calls something is no secret.
  keepPublic([environment, config.service, ...Object.keys(config.functions)])
  for (const name of functions) {
    const written = mergedFunction(config, environment, name).fields.environment ?? {}
    keepValues(Object.values(written).map(passwordIn))
    for (const key of secretNames(Object.keys(written))) {
      const text = written[key] ?? ''
      const read = Array.from(text.matchAll(/\$\{env:(\w+)/g), ([, variable = '']) => process.env[variable])
      keepValues(text.includes('${') ? read : [text])
    }
  }
}

/** The password of a value that is a URL: a program that failed to sign in may say it alone. */
function passwordIn(value: string | undefined): string | undefined {
  const password = value?.includes('://') ? URL.parse(value)?.password : undefined
  try {
    return password && decodeURIComponent(password)
  } catch {
    // It has a % that encodes nothing.
    return password
  }
}

function keepValues(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value !== undefined && value.length >= shortest) keepSecret(value)
}
