import type { Config } from '../../config/service/config.ts'
import { mergedFunction } from '../../config/service/find.ts'
import { secretNames } from '../../release/values/secret-names.ts'
import { keepPublic, keepSecret } from './mask.ts'

/** A shorter value is probably a word that output contains anyway. */
const shortest = 8

/** Masks the secrets in this process's environment, including its own credentials: builds and hooks get them too. */
export function keepOwnSecrets(variables: NodeJS.ProcessEnv): void {
  keepValues(secretNames(Object.keys(variables)).map((name) => variables[name]))
  keepValues(Object.values(variables).map(passwordIn))
}

/**
 * Masks credentials that are in no variable, such as a profile's or those of single sign-on: a hook may read them
 * itself.
 */
export function keepCredentials(texts: readonly string[]): void {
  keepValues(texts)
}

/**
 * Masks the values of functions' variables whose names sound like a secret's, from the file or from this process: a
 * build or a loaded handler may print them.
 */
export function keepVariables(config: Config, environment: string, functions: readonly string[]): void {
  // A word of the file itself is no secret.
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

/**
 * Masks the values of a function's variables in Lambda whose names sound like a secret's, and passwords in URLs: another
 * tool sets them, so no file here has them.
 */
export function keepLambdaVariables(variables: Readonly<Record<string, string>>): void {
  keepValues(Object.values(variables).map(passwordIn))
  keepValues(secretNames(Object.keys(variables)).map((name) => variables[name]))
}

/** The password in a URL: a program that failed to sign in may print it alone. */
function passwordIn(value: string | undefined): string | undefined {
  const password = value?.includes('://') ? URL.parse(value)?.password : undefined
  try {
    return password && decodeURIComponent(password)
  } catch {
    // The % in it encodes nothing.
    return password
  }
}

function keepValues(values: readonly (string | undefined)[]): void {
  for (const value of values) if (value !== undefined && value.length >= shortest) keepSecret(value)
}
