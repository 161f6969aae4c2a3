/** A read that is repeated, since events become visible late. Milliseconds. */
export interface Sweep {
  everyMs: number
  /** An event is found that becomes visible up to this long after its timestamp. */
  backMs: number
  /** One page of it is asked for in this time, over all groups that are read: the account has a quota of calls. */
  perPageMs: number
  /** This many pages of a read do not count for `perPageMs`. */
  freePages: number
}

/**
 * The reads of a tail. The first two are its poll: the narrow one is for groups that write several pages in 10 s, which it
 * need not read all over to find what is new. CloudWatch shows an event 2 s to 15 min after its timestamp, mostly
 * within 10 s, so the later an event is, the more time passes before the next read that finds it. A poll of one page is
 * due each half second; how often a call of it is made is for the quota to decide.
 */
export const sweeps: readonly [Sweep, ...Sweep[]] = [
  { everyMs: 500, backMs: 2000, perPageMs: 200, freePages: 1 },
  { everyMs: 500, backMs: 10_000, perPageMs: 500, freePages: 1 },
  { everyMs: 5_000, backMs: 60_000, perPageMs: 1500, freePages: 0 },
  { everyMs: 30_000, backMs: 300_000, perPageMs: 1500, freePages: 0 },
  { everyMs: 120_000, backMs: 900_000, perPageMs: 1500, freePages: 0 },
]

/** A read of all that has a timestamp from `since` on. Milliseconds since the epoch, by AWS's clock. */
export interface Reading {
  since: number
  begun: number
  /** The sweep whose turn it is; absent for the read of a backlog. */
  sweep?: number
}

/** Knows how far each sweep has read. */
export interface Coverage {
  /** The read of a sweep that is due at a time, or `pauseMs` later; undefined while it is not. */
  due(sweep: number, now: number, pauseMs?: number): Reading | undefined
  /** The time at which a sweep is due next. */
  dueAt: (sweep: number) => number
  /** The pages of the last read of a sweep. */
  pagesOf: (sweep: number) => number
  /**
   * Notes that a read came to its end, for each sweep that would not have gone further back. One that failed is not
   * noted, so the next one goes as far back. The more pages it had, the later its sweep comes again.
   */
  done(reading: Reading, pages?: number): void
  /** Nothing from before this time is read again. */
  oldest(): number
}

/**
 * Each read goes back, from the begin of the last one of its sweep that came to its end, by the sweep's time. So it
 * finds all that became visible since, whatever kept it from reading meanwhile, and whatever time one event has: no
 * event's timestamp moves the start of a read.
 *
 * @param start the time from which events are wanted, milliseconds since the epoch
 * @param groups the number of groups that share the account's quota
 */
export function coverage(
  start: number,
  groups: () => number = () => 1,
  of: readonly Sweep[] = sweeps,
): Coverage {
  // Begins of the last complete reads. A wide sweep has nothing to do before the poll has read the backlog.
  const begun = of.map((): number | undefined => undefined)
  const pagesOf = of.map(() => 1)
  // Events that were forgotten are not read again, even after a correction of the clock.
  let forgotten = start
  const since = (sweep: number) => {
    const last = begun[sweep]
    return last === undefined ? start : Math.max(forgotten, last - (of[sweep]?.backMs ?? 0))
  }
  const everyMs = (sweep: number) => {
    const { everyMs: least, perPageMs, freePages } = of[sweep] ?? none
    return Math.max(least, ((pagesOf[sweep] ?? 1) - freePages) * perPageMs * groups())
  }
  const dueAt = (sweep: number) => {
    const last = begun[sweep]
    if (last !== undefined) return last + everyMs(sweep)
    return sweep === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  return {
    dueAt,
    pagesOf: (sweep) => pagesOf[sweep] ?? 1,
    due(sweep, now, pauseMs = 0) {
      const last = begun[sweep]
      const isClockBack = last !== undefined && last > now
      // No read waits for a time that the clock had told before it was corrected.
      if (isClockBack) begun[sweep] = now
      if (!isClockBack && now < dueAt(sweep) + pauseMs) return undefined
      return { since: since(sweep), begun: now, sweep }
    },
    done({ since: from, begun: at, sweep: own }, pages = 1) {
      // The starts as they were before: noting the read moves them.
      const starts = of.map((_, sweep) => since(sweep))
      for (const [sweep, first] of starts.entries()) {
        if (from <= first) begun[sweep] = Math.max(begun[sweep] ?? at, at)
      }
      if (own !== undefined) pagesOf[own] = pages
    },
    oldest() {
      forgotten = Math.max(forgotten, Math.min(...of.map((_, sweep) => since(sweep))))
      return forgotten
    },
  }
}

const none: Sweep = { everyMs: 0, backMs: 0, perPageMs: 0, freePages: 0 }
