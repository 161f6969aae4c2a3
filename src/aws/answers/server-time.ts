/** The time in one answer. The monotonic clock is `performance.now()`. */
export interface TimeSample {
  /** Its Date header, milliseconds since the epoch; whole seconds. */
  date: number
  /** The time of its request, and of its arrival, by the monotonic clock. */
  sentAt: number
  receivedAt: number
}

/** The clocks of this machine, milliseconds. */
export interface LocalClocks {
  /** Milliseconds since the epoch; may be wrong, and may jump. */
  wall: () => number
  /** Milliseconds since an arbitrary moment; never jumps. */
  monotonic: () => number
}

/** AWS's time, as its answers tell it. */
export interface ServerTime {
  /** Milliseconds since the epoch; before the first answer this machine's own time. */
  now: () => number
  learn: (sample: TimeSample) => void
  /**
   * The least time by which this machine's clock is ahead of AWS's, milliseconds; below 0 if it is behind. 0 if it is
   * right, or only one answer contradicts it.
   */
  skewMs: () => number
}

/** The range for the difference between AWS's clock and the monotonic clock. */
interface Bounds {
  least: number
  most: number
}

/** The number of answers in use: old ones no longer count, since clocks drift. */
const kept = 32
/** Answers agree if their bounds are this close: clocks drift, and whole seconds are rounded in different ways. */
const toleranceMs = 1500

/**
 * Learns AWS's time from answers. While this machine's own clock agrees with them, it is used, so that nothing jumps;
 * if it does not, the nearest time that agrees is used. An answer that contradicts the others counts once a second one
 * agrees with it, or a jump of this machine's own clock, as after sleep.
 */
export function serverTime({ wall, monotonic }: LocalClocks): ServerTime {
  const anchor = wall() - monotonic()
  let window: Bounds[] = []
  let suspect: Bounds | undefined
  /** The last new Date, and the time of its arrival. */
  let newest: { date: number; at: number } | undefined
  /** The own clock's offset when the present range began. */
  let wallThen = anchor

  const begin = (bounds: Bounds[]) => {
    window = bounds
    suspect = undefined
    wallThen = wall() - monotonic()
  }
  /** The same Date for longer than a second comes from a cache or a proxy; by it no step would ever end. */
  const isFrozen = ({ date, sentAt, receivedAt }: TimeSample) => {
    if (newest?.date !== date) newest = { date, at: receivedAt }
    return sentAt - newest.at > 1000 + toleranceMs
  }
  return {
    now() {
      return window.length === 0 ? wall() : monotonic() + within(anchor, common(window))
    },
    learn(sample) {
      const { date, sentAt, receivedAt } = sample
      if (!Number.isFinite(date) || isFrozen(sample)) return
      // A slow answer says little, and so has wide bounds.
      const bounds = { least: date - receivedAt, most: date + 1000 - sentAt }
      if (window.length === 0) return begin([bounds])
      if (agree(bounds, common(window))) {
        window = [...window, bounds].slice(-kept)
        suspect = undefined
        return
      }
      const jumped = wall() - monotonic() - wallThen
      const slept = Math.abs(jumped) > toleranceMs && agree(bounds, moved(common(window), jumped))
      // If two answers contradict each other, this machine's own clock decides.
      const outvoted = window.length === 1 && agree(bounds, { least: anchor, most: anchor })
      if (slept) begin([bounds, bounds])
      else if (outvoted) begin([bounds])
      else if (suspect && agree(bounds, suspect)) begin([suspect, bounds])
      else suspect = bounds
    },
    skewMs() {
      if (window.length < 2) return 0
      const own = wall() - monotonic()
      return own - within(own, common(window))
    },
  }
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** The time in a Date header, milliseconds since the epoch; NaN if it is invalid: `Date.parse` makes a year of `-1`. */
export function timeOfHeader(date: string): number {
  return httpDate.test(date) ? Date.parse(date) : Number.NaN
}

/** Returns the range that all bounds allow; if drift has separated them, the range between them. */
function common(bounds: readonly Bounds[]): Bounds {
  const least = Math.max(...bounds.map((each) => each.least))
  const most = Math.min(...bounds.map((each) => each.most))
  return least <= most ? { least, most } : { least: (least + most) / 2, most: (least + most) / 2 }
}

function agree(one: Bounds, other: Bounds): boolean {
  return one.least - toleranceMs <= other.most && other.least - toleranceMs <= one.most
}

function moved({ least, most }: Bounds, ms: number): Bounds {
  return { least: least + ms, most: most + ms }
}

function within(value: number, { least, most }: Bounds): number {
  return Math.min(Math.max(value, least), most)
}
