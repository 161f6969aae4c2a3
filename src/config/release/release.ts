import * as z from 'zod'
import type { MergedFunction } from '../service/overrides.ts'
import type { Config, FieldPath, ReleaseSettings } from '../types.ts'
import { duration } from '../values/fields.ts'
import type { Scope } from '../values/interpolate.ts'
import { alarmsSchema, insufficientDataSchema, resolveAlarms } from './alarms.ts'
import { compareSchema, comparisonGate } from './comparison.ts'
import { hooksSchema, resolveHooks } from './hooks.ts'
import { smokeEvents, smokeSchema } from './smoke.ts'
import { releaseSteps, stepsSchema } from './steps.ts'

/** How traffic moves to a new version, as it is written. */
export const releaseSchema = z.strictObject({
  steps: stepsSchema
    .optional()
    .describe(
      'Weights of the candidate in percent, before it gets 100, or {linear: 10} for equal ones. Default: [10, 50].',
    ),
  every: duration(0).optional().describe('How long a step lasts that has no "for". Default: 5m.'),
  bake: duration(0).optional().describe('How long to watch after 100%. Default: 10m.'),
  alarms: alarmsSchema
    .optional()
    .describe(
      'CloudWatch alarms that stop the release: names, ARNs, or {prefix: checkout-} for all whose names begin so. They have to exist.',
    ),
  insufficientData: insufficientDataSchema
    .optional()
    .describe(
      'What an alarm without data says: inconclusive holds the step and then pauses, pass moves on, fail rolls back. Default: inconclusive.',
    ),
  compare: compareSchema
    .optional()
    .describe(
      'Compare the metrics of both versions while a canary runs: true, or what differs from the defaults. Default: false.',
    ),
  smoke: smokeSchema
    .optional()
    .describe(
      'An invocation, or a list of them, that the candidate has to answer before it gets any traffic.',
    ),
  hooks: hooksSchema
    .optional()
    .describe(
      'Commands that run beside lambdactl at points of a release and decide about it (docs/releases.md).',
    ),
})

const defaults = { everyMs: 300_000, bakeMs: 600_000 }

/** How a function is released, defaults and `${…}` filled in. */
export function resolveRelease(config: Config, merged: MergedFunction, scope: Scope): ReleaseSettings {
  const { fields, origin } = merged
  const {
    steps,
    every = defaults.everyMs,
    bake = defaults.bakeMs,
    insufficientData,
    compare = false,
    smoke = [],
  } = fields.release ?? {}
  const placeInSmoke = (field: FieldPath) => config.place(origin(['release', 'smoke', ...field]))
  return {
    ...releaseSteps(steps),
    everyMs: every,
    bakeMs: bake,
    alarms: resolveAlarms(merged, scope),
    insufficientData,
    compare: comparisonGate(compare),
    smoke: smokeEvents(smoke, config.directory, placeInSmoke),
    hooks: resolveHooks(config, merged, scope),
  }
}
