import type { Plan } from '../../src/release/plan/plan.ts'
import { parseRecord } from '../../src/release/values/record.ts'
import { rollOut } from '../../src/workflows/rollout/roll-out.ts'
import type { Following } from '../../src/workflows/run/release-options.ts'
import { target, type World, world } from './world.ts'

/** 10% and 50% for a minute each, then a bake of two. */
export const plan: Plan = {
  id: 'ours',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3', '2'],
  steps: [
    { percent: 10, holdMs: 60_000 },
    { percent: 50, holdMs: 60_000 },
  ],
  bakeMs: 120_000,
  alarms: ['errors'],
}

/** A world with an alias on version 3 and an alarm that is OK. */
export function canaryWorld(): World {
  const made = world()
  made.aliases.byHand(target.lambdaName, { version: '3' })
  made.alarms = { errors: [[0, 'OK']] }
  return made
}

/** Carries the plan out from the alias as it is. */
export function carry(made: World, changed: Partial<Plan> = {}, following: Partial<Following> = {}) {
  return rollOut(made.run, target, { ...plan, ...changed }, aliasOf(made), { ...watching, ...following })
}

export const watching: Following = { watch: true }

export function aliasOf({ aliases }: World) {
  return aliases.state.get(target.lambdaName)
}

export function recordOf(made: World) {
  return parseRecord(aliasOf(made)?.description ?? '')
}

/** The updates in short: `3 10% on 4 shifting @0`, in seconds. */
export function story({ aliases }: World): string[] {
  return aliases.updates.map(({ after, version, weight, phase }) =>
    [version, weight, phase, `@${after / 1000}`].filter(Boolean).join(' '),
  )
}
