import type { ReleaseRecord } from '../values/record.ts'
import { type HookPoint, hookPoints } from './hooks.ts'

/** A hook that passed at a place of its release, and when: milliseconds since the epoch. */
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

/** The hooks that passed, by a release's journal; nothing of an entry is trusted. */
export function passedHooks(entries: readonly Readonly<Record<string, unknown>>[]): PassedHook[] {
  return entries.flatMap(({ kind, point, outcome, phase, step, since, time }) => {
    if (kind !== 'hook' || outcome !== 'pass' || !isHookPoint(point)) return []
    if (typeof phase !== 'string' || typeof time !== 'number') return []
    return [{ hook: point, place: `${phase} ${String(step)} ${String(since)}`, ended: time }]
  })
}

function isHookPoint(value: unknown): value is HookPoint {
  return hookPoints.some((point) => point === value)
}
