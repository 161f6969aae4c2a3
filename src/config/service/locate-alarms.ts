import { alarmName, kindsIn, type WantedAlarms } from '../../operation/alarms/kinds.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import { limitsOf } from '../function/alarms.ts'
import { resolveAlarms } from '../release/alarms.ts'
import type { FunctionFields } from '../schema/function.ts'
import type { Variables } from '../values/interpolate.ts'
import type { Config } from './config.ts'
import { placedFunction } from './placed-function.ts'

/** Names of alarms in CloudWatch by their short names. */
export type ShortNames = Readonly<Record<string, string>>

/**
 * The names of the alarms that `alarms ensure` makes for a function: `errors` in `release.alarms` then means
 * `shop-checkout-prod-live-errors`.
 */
export function shortNames(fields: FunctionFields, of: { lambdaName: string; alias: string }): ShortNames {
  const limits = limitsOf(fields.alarms, Boolean(fields.deadLetter))
  if (!limits) return {}
  return Object.fromEntries(kindsIn(limits).map((kind) => [kind, alarmName(of, kind)]))
}

/**
 * The alarms that one function of an environment wants; without any, none is to be left.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a variable that isn't set
 */
export function locateAlarms(
  config: Config,
  environment: string,
  name: string,
  variables: Variables = process.env,
): WantedAlarms {
  const { fields, at } = placedFunction(config, environment, name, { variables })
  const written = typeof fields.alarms === 'object' ? fields.alarms : {}
  const filled = (key: 'actions' | 'okActions') =>
    (written[key] ?? []).map((arn, index) => at.fill(arn, 'alarms', key, index))
  return {
    limits: limitsOf(fields.alarms, Boolean(fields.deadLetter)) ?? {},
    actions: filled('actions'),
    okActions: filled('okActions'),
  }
}

/**
 * The alarms that gate the releases of one function.
 *
 * @throws LambdactlError NOT_FOUND for an unknown environment or function, CONFIG_INVALID for a variable that isn't set
 */
export function releaseAlarms(
  config: Config,
  environment: string,
  name: string,
  ensured?: ShortNames,
): AlarmSelector[] {
  const { fields, at } = placedFunction(config, environment, name, { variables: process.env })
  return resolveAlarms(fields.release?.alarms ?? [], at.below('release', 'alarms'), ensured)
}
