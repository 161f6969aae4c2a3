import type { Plan } from '../../src/release/plan/plan.ts'
import type { AliasState } from '../../src/release/values/observed.ts'
import { parseRecord } from '../../src/release/values/record.ts'
import type { Ended } from '../../src/workflows/ending/ended.ts'
import { resultOf } from '../../src/workflows/ending/result-of.ts'
import { proveHooks } from '../../src/workflows/hooks/prove-hooks.ts'
import { withHooks } from '../../src/workflows/hooks/release-hooks.ts'
import { requireBeside } from '../../src/workflows/release-only/beside.ts'
import type { Resuming } from '../../src/workflows/resume.ts'
import { journalPlan, shiftFirst } from '../../src/workflows/rollout/first-shift.ts'
import { follow } from '../../src/workflows/rollout/follow.ts'
import type { PlannedRelease } from '../../src/workflows/run/release.ts'
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
export async function carry(made: World, changed: Partial<Plan> = {}, following: Partial<Resuming> = {}) {
  const release = { run: made.run, target, plan: { ...plan, ...changed } }
  const ended = await rollOut(release, aliasOf(made), { ...watching, ...following })
  return resultOf(release, ended)
}

/** The part of `carryOut` from the first hooks on, for a candidate that is warm and proved. */
export async function rollOut(
  planned: PlannedRelease,
  found: AliasState | undefined,
  { watch, hooks }: Resuming,
): Promise<Ended> {
  const release = withHooks(planned, hooks)
  await proveHooks(release)
  await requireBeside(release)
  await journalPlan(release, found)
  const first = await shiftFirst(release, found)
  return first.how === 'shifted' ? follow(release, first.alias, { watch }) : first
}

export const watching: Resuming = { watch: true }

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
