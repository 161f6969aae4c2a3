import * as z from 'zod'
import type { ComparisonGate } from '../../release/plan/comparison.ts'
import type { HookCommand, HookPoint } from '../../release/plan/hooks.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { Verdict } from '../../release/values/observed.ts'
import type { SmokeEvent } from '../../release/values/smoke.ts'
import { duration } from '../values/fields.ts'
import type { Position } from '../values/position.ts'
import { alarmsSchema, insufficientDataSchema, resolveAlarms } from './alarms.ts'
import { compareSchema, comparisonGate } from './comparison.ts'
import { hooksSchema, resolveHooks } from './hooks.ts'
import { smokeEvents, smokeSchema } from './smoke.ts'
import { releaseSteps, type StepSettings, stepsSchema } from './steps.ts'

/** The settings of a release as the file writes them. */
export const releaseSchema = z.strictObject({
  steps: stepsSchema
    .optional()
    .describe(
      'Weights of the candidate in percent, before it gets 100, or {linear: 10} for equal ones. Default: [10, 50].',
    ),
  every: duration(0).optional().describe('The time that a step without "for" holds. Default: 5m.'),
  bake: duration(0).optional().describe('The time that the gates watch 100%. Default: 10m.'),
  alarms: alarmsSchema
    .optional()
    .describe(
      'CloudWatch alarms that stop the release: names, ARNs, or {prefix: checkout-} for all with such names. They have to exist.',
    ),
  insufficientData: insufficientDataSchema
    .optional()
    .describe(
      'The verdict of an alarm without data: inconclusive extends the step and then pauses, pass moves on, fail rolls back. Default: inconclusive.',
    ),
  compare: compareSchema
    .optional()
    .describe(
      'Compare the metrics of both versions while a canary runs: true, or a map of settings that differ from the defaults. Default: false.',
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

/** The settings of a function's release. */
export interface ReleaseSettings extends StepSettings {
  /** The time that a step holds by default. */
  readonly everyMs: number
  readonly bakeMs: number
  readonly alarms: readonly AlarmSelector[]
  /** The verdict of an alarm without data; absent: `inconclusive`. */
  readonly insufficientData?: Verdict['outcome'] | undefined
  /** The comparison of the candidate with stable while both have traffic; absent for none. */
  readonly compare?: ComparisonGate | undefined
  /** In this order; empty: the candidate isn't tried. */
  readonly smoke: readonly SmokeEvent[]
  /** Commands that run at points of the release; absent for none. */
  readonly hooks?: Readonly<Partial<Record<HookPoint, HookCommand>>> | undefined
}

const defaults = { everyMs: 300_000, bakeMs: 600_000 }

/**
 * The settings of a function's release with defaults, and with `${…}` replaced.
 *
 * @param at `release`
 * @param shortNames the names in CloudWatch of alarms that the file names in short
 * @throws LambdactlError CONFIG_INVALID with the field's place
 */
export function resolveRelease(
  release: z.output<typeof releaseSchema>,
  at: Position,
  shortNames: Readonly<Record<string, string>> = {},
): ReleaseSettings {
  const { steps, every = defaults.everyMs, bake = defaults.bakeMs, insufficientData } = release
  const { alarms = [], compare = false, smoke = [], hooks } = release
  return {
    ...releaseSteps(steps),
    everyMs: every,
    bakeMs: bake,
    alarms: resolveAlarms(alarms, at.below('alarms'), shortNames),
    insufficientData,
    compare: comparisonGate(compare),
    smoke: smokeEvents(smoke, at.below('smoke')),
    hooks: hooks && resolveHooks(hooks, at.below('hooks')),
  }
}
