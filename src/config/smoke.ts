import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { LambdactlError } from '../errors/error.ts'

/**
 * The payload of a smoke invocation: text names a JSON file, anything else is the event itself.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, when the file is missing or isn't JSON
 */
export function smokePayload(event: unknown, directory: string, place: string): unknown {
  if (typeof event !== 'string') return event
  const path = resolve(directory, event)
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError ? cause.message : 'there is no such file, or it is not readable'
    throw new LambdactlError('CONFIG_INVALID', `${place}: expected a file of JSON at ${path}: ${reason}.`, {
      cause,
    })
  }
}
