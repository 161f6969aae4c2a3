import type { JournalEntry } from '../../../src/ports/journal.ts'
import type { HookPoint, Hooks } from '../../../src/release/plan/hooks.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { ReleaseRecord } from '../../../src/release/values/record.ts'
import { hooksAt } from '../fake-commands.ts'
import type { Dice } from './dice.ts'

/** A hook that a process ran; times are true ones. */
export interface RanHook {
  hook: HookPoint
  /** As it was told. */
  step: number
  began: number
  /** Undefined while it runs. */
  ended: number | undefined
  outcome: 'pass' | 'fail' | 'inconclusive' | 'stopped' | undefined
}

/** How a hook is going to come out, unless it is stopped. */
export interface HookFate {
  ms: number
  outcome: 'pass' | 'fail' | 'inconclusive'
}

const points: readonly HookPoint[] = [
  'confirm-rollout',
  'before-shift',
  'after-shift',
  'before-promote',
  'after-rollback',
]

/** Some of them, in their order; those of a first release can only keep it from beginning. */
export function randomHooks(dice: Dice, isFirst: boolean): { hooks?: HookPoint[] } {
  if (!dice.chance(0.2)) return {}
  const hooks = points.filter((point) => dice.chance(0.5) && !(isFirst && point.startsWith('after')))
  return hooks.length > 0 ? { hooks } : {}
}

/** The commands of the machine at hand; some lack one, or all. */
export function randomCommands(dice: Dice): Hooks {
  if (dice.chance(0.03)) return {}
  return hooksAt(dice.chance(0.03) ? points.filter((point) => point !== dice.pick(points)) : points)
}

export function randomHookFate(dice: Dice): HookFate {
  const ms = dice.pick([0, 0, 100, 1000, 4000, 20_000])
  return { ms, outcome: dice.chance(0.85) ? 'pass' : dice.chance(0.6) ? 'fail' : 'inconclusive' }
}

/** The missing hooks: a change that gives the candidate more, or ends the release, needs them passed. */
export function hooksLacking(
  plan: Plan,
  ran: readonly RanHook[],
  journal: readonly JournalEntry[],
  last: ReleaseRecord | undefined,
  entered: number,
): HookPoint[] {
  const step = last?.step ?? 0
  const before = step < plan.steps.length ? 'before-shift' : 'before-promote'
  const needed: [HookPoint, number][] = last
    ? [
        ...(last.phase === 'approved' ? [] : [['after-shift', step] as [HookPoint, number]]),
        ...(last.phase === 'baking'
          ? []
          : [[before, Math.min(step + 1, plan.steps.length)] as [HookPoint, number]]),
      ]
    : [
        ['confirm-rollout', 0],
        [before, Math.min(1, plan.steps.length)],
      ]
  const lacking = needed.filter(([hook, told]) => {
    const own = ran.some(
      (one) => one.hook === hook && one.step === told && one.outcome === 'pass' && one.began >= entered,
    )
    return plan.hooks?.includes(hook) && !own && !(last && isJournaled(journal, hook, last))
  })
  return lacking.map(([hook]) => hook)
}

function isJournaled(journal: readonly JournalEntry[], hook: HookPoint, last: ReleaseRecord): boolean {
  return journal.some(
    ({ kind, point, phase, step, since, outcome }) =>
      kind === 'hook' &&
      point === hook &&
      phase === last.phase &&
      step === last.step &&
      since === last.since &&
      outcome === 'pass',
  )
}
