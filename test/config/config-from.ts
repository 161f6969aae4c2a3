import { parseConfig } from '../../src/config/parse.ts'
import type { Config } from '../../src/config/service/config.ts'
import { LambdactlError } from '../../src/errors/error.ts'

/** A configuration from its text, as if it stood in `/service/lambdactl.yaml`. */
export function configFrom(text: string): Config {
  return parseConfig(text, { path: '/service/lambdactl.yaml', shownAs: 'lambdactl.yaml' })
}

/** The error that an action fails with. */
export function failureOf(action: () => unknown): LambdactlError {
  try {
    action()
  } catch (error) {
    if (error instanceof LambdactlError) return error
    throw error
  }
  throw new Error('It did not fail.')
}
