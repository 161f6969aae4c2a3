import { mergedFunction } from '../config/locate.ts'
import type { Config } from '../config/types.ts'
import { secretNames } from '../release/secret-names.ts'
import { keepSecret } from './mask.ts'

/** A shorter one is more likely to be a word that output has anyway. */
const shortest = 8

/**
 * Masks the variables of this process that functions take in, where either name sounds like a secret's: a build or a handler
 * that is loaded may say them.
 */
export function keepVariables(config: Config, environment: string, functions: readonly string[]): void {
  // What the file itself calls something is no secret.
  const plain = [environment, config.service, ...Object.keys(config.functions)]
  for (const name of functions) {
    const written = mergedFunction(config, environment, name).fields.environment ?? {}
    for (const [key, text] of Object.entries(written)) {
      for (const [, variable = ''] of text.matchAll(/\$\{env:(\w+)/g)) {
        const value = process.env[variable] ?? ''
        const isSecret = secretNames([key, variable]).length > 0 && !plain.includes(value)
        if (isSecret && value.length >= shortest) keepSecret(value)
      }
    }
  }
}
