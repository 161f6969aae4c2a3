/** The time as one answer gives it. The monotonic clock is `performance.now()`. */
export interface TimeSample {
  /** Its Date header, milliseconds since the epoch; whole seconds. */
  date: number
  /** When its request was sent, and when it came, by the monotonic clock. */
  sentAt: number
  receivedAt: number
}

/** The clocks of this machine, milliseconds. */
export interface LocalClocks {
  /** Since the epoch; may be wrong, and may jump. */
  wall: () => number
  /** Since whenever; never jumps. */
  monotonic: () => number
}

/** AWS's time, as far as its answers tell. */
export interface ServerTime {
  /** Milliseconds since the epoch; this machine's own time before there was an answer. */
  now: () => number
  learn: (sample: TimeSample) => void
  /**
   * By how much this machine's clock is ahead of AWS's at least, milliseconds; below 0 where it is behind. 0 where it is
   * right, or only one answer says that it is not.
   */
  skewMs: () => number
}

/** Between what and what the monotonic clock has to be moved to be AWS's. */
interface Bounds {
  least: number
  most: number
}

/** How many answers are gone by: old ones no longer tell, since clocks drift. */
const kept = 32
/** Answers agree where their bounds are this close: clocks drift, and a second is cut off in more ways than one. */
const toleranceMs = 1500

/**
 * Learns AWS's time from answers. While this machine's own clock is within what they say, it is gone by, so that nothing
 * jumps; otherwise what is nearest to it. An answer that contradicts the others counts once a second one, or the jump of
 * this machine's own clock as after a sleep, agrees with it.
 */
export function serverTime({ wall, monotonic }: LocalClocks): ServerTime {
  const anchor = wall() - monotonic()
  let window: Bounds[] = []
  let suspect: Bounds | undefined
  /** The last Date that was another than the one before, and when it came. */
  let newest: { date: number; at: number } | undefined
  /** How far the own clock was moved when what is gone by began. */
  let wallThen = anchor

  const begin = (bounds: Bounds[]) => {
    window = bounds
    suspect = undefined
    wallThen = wall() - monotonic()
  }
  /** Told for longer than a second: a cache's or a proxy's, by which no step would ever end. */
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
      // One that took long says little, and so has wide bounds.
      const bounds = { least: date - receivedAt, most: date + 1000 - sentAt }
      if (window.length === 0) return begin([bounds])
      if (agree(bounds, common(window))) {
        window = [...window, bounds].slice(-kept)
        suspect = undefined
        return
      }
      const jumped = wall() - monotonic() - wallThen
      const slept = Math.abs(jumped) > toleranceMs && agree(bounds, moved(common(window), jumped))
      // Of two that contradict each other, this machine's own clock is the third to tell.
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

/** The time of a Date header, milliseconds since the epoch; NaN where it is none: `Date.parse` makes a year of `-1`. */
export function timeOfHeader(date: string): number {
  return httpDate.test(date) ? Date.parse(date) : Number.NaN
}

/** Returns the range that all bounds allow; where drift has put them apart, the range between them. */
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
