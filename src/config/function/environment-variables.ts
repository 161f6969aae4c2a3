import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import { text } from '../values/fields.ts'
import { mapValues } from '../values/map-values.ts'
import type { Position } from '../values/position.ts'
import { unread } from '../values/references.ts'

/** Variables that Lambda sets itself and that a function may not change, by the developer guide. */
const reserved = [
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]

/** Lambda's limit for the sum of a function's variables, in bytes of their JSON. */
const mostBytes = 4096

/** Lambda's own pattern. */
const nameSchema = text(
  'a name of letters, digits and _, two at least, that Lambda does not set itself',
  new RegExp(`^(?!(?:${reserved.join('|')})$)[a-zA-Z][a-zA-Z0-9_]+$`),
)

/** `environment` as the file writes it. */
export const variablesSchema = z.record(nameSchema, z.string('text in quotes'))

/** `environment` in an override: null removes a variable. */
export const overrideVariablesSchema = z.record(
  nameSchema,
  z.string('text in quotes, or null to take the variable away').nullable(),
)

/**
 * The environment variables of a function with `${…}` replaced.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place for more bytes than Lambda accepts: Lambda's error would
 * quote all values
 */
export function resolveVariables(
  written: z.output<typeof variablesSchema>,
  at: Position,
): Record<string, string> {
  const variables = mapValues(written, (template, name) => at.fill(template, name))
  const bytes = Buffer.byteLength(JSON.stringify(variables).replaceAll(unread, ''))
  if (bytes <= mostBytes) return variables
  const largest = Object.entries(variables)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(([name]) => name)
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place()}: expected at most ${mostBytes} bytes of JSON in all, got ${bytes}. Largest: ${largest.join(', ')}.`,
    { next: ['Have the function read large values at run time, for example from SSM or S3.'] },
  )
}
