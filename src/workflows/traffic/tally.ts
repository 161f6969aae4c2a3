/** The answer to one invocation, or that of a source to an event. */
export interface Answer {
  /** The version that ran; absent if none did. */
  version?: string
  /** The function's failure, as in `Unhandled`, or the service's or the connection's error. */
  error?: string
  durationMs: number
}

/** The figures of some invocations; times are in milliseconds, by nearest rank. */
interface Figures {
  invocations: number
  errors: number
  /** Absent without any invocation. */
  p50Ms?: number
  p99Ms?: number
}

/** The account of some traffic. */
export interface TrafficFigures extends Figures {
  /** By version, the lowest first. Invocations that ran no version are not among them. */
  versions: ({ version: string } & Figures)[]
  /** By error, the most frequent first. */
  failures: { error: string; count: number }[]
}

/** Counts answers; its memory does not grow with them. */
export interface Tally {
  add(answer: Answer): void
  figures(): TrafficFigures
}

interface Counts {
  invocations: number
  errors: number
  /** How often each duration was seen, in milliseconds with three significant digits. */
  durations: Map<number, number>
}

export function createTally(): Tally {
  const total = noCounts()
  const versions = new Map<string, Counts>()
  const failures = new Map<string, number>()
  return {
    add(answer) {
      const { version, error } = answer
      count(total, answer)
      if (error !== undefined) failures.set(error, (failures.get(error) ?? 0) + 1)
      if (version === undefined) return
      const ofVersion = versions.get(version) ?? noCounts()
      versions.set(version, ofVersion)
      count(ofVersion, answer)
    },
    figures: () => ({
      ...figuresOf(total),
      versions: Array.from(versions, ([version, counts]) => ({ version, ...figuresOf(counts) })).toSorted(
        (one, other) => one.version.localeCompare(other.version, 'en', { numeric: true }),
      ),
      failures: Array.from(failures, ([error, times]) => ({ error, count: times })).toSorted(
        (one, other) => other.count - one.count,
      ),
    }),
  }
}

function noCounts(): Counts {
  return { invocations: 0, errors: 0, durations: new Map() }
}

function count(counts: Counts, { error, durationMs }: Answer): void {
  counts.invocations += 1
  if (error !== undefined) counts.errors += 1
  const rounded = Number(durationMs.toPrecision(3))
  counts.durations.set(rounded, (counts.durations.get(rounded) ?? 0) + 1)
}

function figuresOf({ invocations, errors, durations }: Counts): Figures {
  if (invocations === 0) return { invocations, errors }
  const sorted = [...durations].toSorted(([one], [other]) => one - other)
  const at = (share: number) => rankIn(sorted, Math.ceil(invocations * share))
  return { invocations, errors, p50Ms: at(0.5), p99Ms: at(0.99) }
}

function rankIn(sorted: readonly (readonly [number, number])[], rank: number): number {
  let seen = 0
  for (const [value, times] of sorted) {
    seen += times
    if (seen >= rank) return value
  }
  return 0
}
