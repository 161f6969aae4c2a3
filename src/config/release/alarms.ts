import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { AlarmSelector } from '../../release/values/alarm-selector.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import { text } from '../values/fields.ts'
import { interpolate, type Scope } from '../values/interpolate.ts'

const expected = "an alarm's name, its ARN, or {prefix: …}"

/** `release.alarms` as it is written. */
export const alarmsSchema = z.array(
  z.union([text(expected), z.strictObject({ prefix: text("the beginning of alarms' names") })], expected),
  'a list of alarms',
)

/** `release.insufficientData` as it is written. */
export const insufficientDataSchema = z.enum(['inconclusive', 'pass', 'fail'])

/**
 * The alarms of a function's release, `${…}` filled in.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for what can't be filled in or comes to nothing
 */
export function resolveAlarms({ fields, origin }: MergedFunction, scope: Scope): AlarmSelector[] {
  const fill = (written: string, ...path: FieldPath) =>
    filled(written, scope, origin(['release', 'alarms', ...path]))
  return (fields.release?.alarms ?? []).map((alarm, index) =>
    typeof alarm === 'string' ? fill(alarm, index) : { prefix: fill(alarm.prefix, index, 'prefix') },
  )
}

/** An empty prefix would select every alarm of the account. */
function filled(written: string, scope: Scope, field: FieldPath): string {
  const value = interpolate(written, scope, field)
  if (value !== '') return value
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${scope.place(field)}: expected text once ${written} is filled in, got nothing.`,
  )
}
