/** A read of a tail that waits for its turn to ask AWS. */
export interface WaitingRead {
  /** How urgent a read of new events is: the most urgent one is first. Undefined for a sweep, which can wait. */
  urgency: (() => number) | undefined
}

/** Decides which of the waiting reads is next. */
export interface TurnOrder<Read extends WaitingRead> {
  /** Takes the next read out of those that wait; undefined if none waits. */
  next(waiting: Read[]): Read | undefined
}

/** Of this many calls one is a sweep's, if a sweep waits: late lines come too while many groups write. */
export const sweepShare = 8

/** Reads of new events go before sweeps, and sweeps go in their order. */
export function turnOrder<Read extends WaitingRead>(): TurnOrder<Read> {
  let sinceSweep = 0
  const choose = (waiting: readonly Read[]) => {
    const sweep = waiting.find(({ urgency }) => urgency === undefined)
    if (sweep && sinceSweep >= sweepShare - 1) return sweep
    return mostUrgent(waiting) ?? sweep
  }
  return {
    next(waiting) {
      const chosen = choose(waiting)
      if (!chosen) return undefined
      waiting.splice(waiting.indexOf(chosen), 1)
      sinceSweep = chosen.urgency ? sinceSweep + 1 : 0
      return chosen
    },
  }
}

function mostUrgent<Read extends WaitingRead>(waiting: readonly Read[]): Read | undefined {
  let first: Read | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const read of waiting) {
    const urgency = read.urgency?.() ?? Number.NEGATIVE_INFINITY
    if (urgency <= most) continue
    first = read
    most = urgency
  }
  return first
}
