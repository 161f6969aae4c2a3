/** One telling of a server's fast clock. */
export interface PacedSample {
  /** Its time, milliseconds since the epoch. */
  time: number
  /** How much faster than real time it runs. */
  speed: number
  /** The time of the request, and of the answer's arrival, by the monotonic clock. */
  sentAt: number
  receivedAt: number
}

/** The time of a server whose clock runs faster than real time. */
export interface PacedTime {
  learn: (sample: PacedSample) => void
  /** Makes it as before the first telling. */
  forget: () => void
  /** Milliseconds since the epoch; undefined before the first telling. */
  now: () => number | undefined
  /** 1 before the first telling. */
  speed: () => number
}

/**
 * Learns such a time. An answer takes a moment to arrive, so each telling is behind the server's clock: the furthest
 * one counts, which is never ahead of it. A telling that denies this comes from another clock.
 *
 * @param monotonic milliseconds since an arbitrary moment; never jumps
 */
export function pacedTime(monotonic: () => number): PacedTime {
  /** The server's time at the monotonic clock's zero. */
  let known: { zero: number; speed: number } | undefined
  return {
    learn({ time, speed, sentAt, receivedAt }) {
      const zero = time - receivedAt * speed
      const most = time - sentAt * speed
      const isSame = known?.speed === speed && known.zero <= most + toleranceMs * speed
      if (!isSame || !known || zero > known.zero) known = { zero, speed }
    },
    forget() {
      known = undefined
    },
    now: () => known && known.zero + monotonic() * known.speed,
    speed: () => known?.speed ?? 1,
  }
}

/** Real time by which the clocks of two processes may disagree, milliseconds. */
const toleranceMs = 5

/** Reads `1764273756123; speed=120`. @returns undefined for any other text, and for a time before 2001 or after 5138 */
export function pacedHeader(text: string | undefined): Pick<PacedSample, 'time' | 'speed'> | undefined {
  const [, time, speed] = /^([1-9]\d{12,13}); speed=(\d{1,4})$/.exec(text ?? '') ?? []
  return speed === undefined || Number(speed) < 1 ? undefined : { time: Number(time), speed: Number(speed) }
}
