import type { Before, Kept } from './stop.ts'

/** The changes that put a stopped function's concurrency back. */
export interface StartPlan {
  /** The reserved concurrency to set, null to remove it; absent: it is back already. */
  reserve?: number | null
  /** Environments that are missing. */
  provision: Kept[]
  /** Environments that somebody gave another amount meanwhile, with that amount; they stay. */
  other: (Kept & { now: number })[]
}

/** The reserved concurrency is not 0 any more, and not as before: somebody else set it. */
export interface ChangedMeanwhile {
  /** Null: none is reserved. */
  changedTo: number | null
}

/** Plans how a function gets back exactly what it had before its stop. */
export function planStart(before: Before, present: Before): StartPlan | ChangedMeanwhile {
  const isBack = present.reserved === before.reserved
  if (!isBack && present.reserved !== 0) return { changedTo: present.reserved }
  const now = new Map(present.provisioned.map(({ qualifier, amount }) => [qualifier, amount]))
  return {
    ...(!isBack && { reserve: before.reserved }),
    provision: before.provisioned.filter(({ qualifier }) => !now.has(qualifier)),
    other: before.provisioned.flatMap((kept) => {
      const amount = now.get(kept.qualifier)
      return amount === undefined || amount === kept.amount ? [] : [{ ...kept, now: amount }]
    }),
  }
}
