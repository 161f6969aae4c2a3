import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import { text } from '../values/fields.ts'
import type { Position } from '../values/position.ts'

const expected = "an alarm's name, its ARN, or {prefix: …}"

/** `release.alarms` as the file writes it. */
export const alarmsSchema = z.array(
  z.union([text(expected), z.strictObject({ prefix: text("the beginning of alarms' names") })], expected),
  'a list of alarms',
)

/** `release.insufficientData` as the file writes it. */
export const insufficientDataSchema = z.enum(['inconclusive', 'pass', 'fail'])

/**
 * The alarms of a function's release with `${…}` replaced.
 *
 * @param shortNames the names in CloudWatch of alarms that the file names in short
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a value that can't be replaced or is empty
 */
export function resolveAlarms(
  alarms: z.output<typeof alarmsSchema>,
  at: Position,
  shortNames: Readonly<Record<string, string>> = {},
): AlarmSelector[] {
  const whole = (name: string) => (Object.hasOwn(shortNames, name) ? (shortNames[name] ?? name) : name)
  return alarms.map((alarm, index) =>
    typeof alarm === 'string'
      ? whole(filled(alarm, at.below(index)))
      : { prefix: filled(alarm.prefix, at.below(index, 'prefix')) },
  )
}

/** An empty prefix would select every alarm of the account. */
function filled(written: string, at: Position): string {
  const value = at.fill(written)
  if (value !== '') return value
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place()}: expected text after ${written} is replaced, got nothing.`,
  )
}
