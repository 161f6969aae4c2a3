import type { HookPoint } from '../plan/hooks.ts'
import type { ReleaseRecord } from '../values/record.ts'
import type { Entry } from './entry.ts'

/** A hook that passed at a place of its release, and the time: milliseconds since the epoch. */
export interface PassedHook {
  hook: HookPoint
  /** As `placeKey` names it. */
  place: string
  ended: number
}

/** Names a place of a release: a hook that passed there need not run there again. */
export function placeKey({ phase, step, since }: Pick<ReleaseRecord, 'phase' | 'step' | 'since'>): string {
  return `${phase} ${step} ${since}`
}

/** The hooks that passed, by a release's journal. */
export function passedHooks(entries: readonly Entry[]): PassedHook[] {
  return entries.flatMap(({ kind, point, outcome, phase, step, since, time }) => {
    if (kind !== 'hook' || outcome !== 'pass' || !point || phase === undefined) return []
    return [{ hook: point, place: `${phase} ${step} ${since}`, ended: time }]
  })
}
