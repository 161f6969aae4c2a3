import { comparisonGate } from './comparison.ts'
import { resolveHooks } from './hooks.ts'
import { interpolate, type Scope } from './interpolate.ts'
import type { MergedFunction } from './overrides.ts'
import { smokePayload } from './smoke.ts'
import { releaseSteps } from './steps.ts'
import type { Config, ReleaseSettings } from './types.ts'

const defaults = { everyMs: 300_000, bakeMs: 600_000 }

/** How a function is released, defaults and `${…}` filled in. */
export function resolveRelease(config: Config, merged: MergedFunction, scope: Scope): ReleaseSettings {
  const { fields, origin } = merged
  const {
    steps,
    every = defaults.everyMs,
    bake = defaults.bakeMs,
    alarms = [],
    compare = false,
    smoke,
  } = fields.release ?? {}
  const place = config.place(origin(['release', 'smoke', 'event']))
  return {
    ...releaseSteps(steps),
    everyMs: every,
    bakeMs: bake,
    alarms: alarms.map((alarm, index) => interpolate(alarm, scope, origin(['release', 'alarms', index]))),
    compare: comparisonGate(compare),
    smoke: smoke && { payload: smokePayload(smoke.event, config.directory, place) },
    hooks: resolveHooks(config, merged, scope),
  }
}
