/** The calls a second that a tail makes at most. */
export interface CallRate {
  /** The time between two calls, milliseconds. */
  everyMs: () => number
  answered: () => void
  /** @param at milliseconds since an arbitrary moment */
  refused(at: number): void
}

/** FilterLogEvents: 10 calls a second for the account in most Regions, of which other people need some. */
export const mostCalls = 8
const leastCalls = 1
/** Reads side by side are refused together, which counts once in this time; milliseconds. */
const togetherMs = 1000
/** Each answer brings back this much, calls a second. */
const step = 0.1

/**
 * Halves when AWS refuses calls, since other people use the same quota, and grows again with each answer: so several
 * tails of one account share it.
 */
export function callRate(): CallRate {
  let perSecond = mostCalls
  let halvedAt = Number.NEGATIVE_INFINITY
  return {
    everyMs: () => 1000 / perSecond,
    answered() {
      perSecond = Math.min(mostCalls, perSecond + step)
    },
    refused(at) {
      if (at - halvedAt < togetherMs) return
      halvedAt = at
      perSecond = Math.max(leastCalls, perSecond / 2)
    },
  }
}
