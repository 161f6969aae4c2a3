/** A span of time, milliseconds since the epoch. */
export interface Span {
  from: number
  until: number
}

/** The ways in which the endpoint fails. */
export interface Faults {
  /** All calls are refused meanwhile. */
  throttled: Span | undefined
  /** Each time this has passed, an answer is cut in its middle and all connections are destroyed; milliseconds. */
  cutEveryMs: number | undefined
  /** Calls a second, of the account; as many come through at once after a pause. */
  quota: number
}

/** Decides what becomes of a call. */
export interface Fate {
  next: (now: number) => 'answer' | 'throttle' | 'cut'
  /** The calls of each second. */
  calls: ReadonlyMap<number, number>
  /** Calls that were refused. */
  refused: () => number
}

export function fate({ cutEveryMs = Number.POSITIVE_INFINITY, quota, throttled }: Faults): Fate {
  const calls = new Map<number, number>()
  let cutAt = Date.now() + cutEveryMs
  let refused = 0
  let tokens = quota
  let filledAt = Date.now()
  const isOverQuota = (now: number) => {
    tokens = Math.min(quota, tokens + ((now - filledAt) * quota) / 1000)
    filledAt = now
    if (tokens < 1) return true
    tokens -= 1
    return false
  }
  const isThrottled = (now: number) =>
    throttled !== undefined && now >= throttled.from && now < throttled.until
  return {
    calls,
    refused: () => refused,
    next(now) {
      const second = Math.floor(now / 1000)
      calls.set(second, (calls.get(second) ?? 0) + 1)
      if (isThrottled(now) || isOverQuota(now)) {
        refused += 1
        return 'throttle'
      }
      if (now < cutAt) return 'answer'
      cutAt = now + cutEveryMs
      return 'cut'
    },
  }
}
