import type { MergedFunction } from '../service/overrides.ts'
import type { Config, FieldPath, ReleaseSettings } from '../types.ts'
import type { Scope } from '../values/interpolate.ts'
import { resolveAlarms } from './alarms.ts'
import { comparisonGate } from './comparison.ts'
import { resolveHooks } from './hooks.ts'
import { smokeEvents } from './smoke.ts'
import { releaseSteps } from './steps.ts'

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
