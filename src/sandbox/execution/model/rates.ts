/** Lambda starts at most so many environments of a function each 10 s. */
const startedIn10s = 1000

/** A function takes at most so many requests each second for each of its concurrent executions. */
const requestsOfOne = 10

/** A request of a function. */
interface Request {
  arn: string
  /** Milliseconds since the epoch. */
  now: number
  /** Whether it needs a new environment. */
  needsStart: boolean
}

/** Counts the requests of functions and their new environments, in windows of time. */
export interface Rates {
  /** @param concurrency the function's limit of concurrent executions */
  allow(request: Request, concurrency: number): boolean
  add(request: Request): void
}

export function createRates(): Rates {
  const [requests, starts] = [createWindow(1000), createWindow(10_000)]
  return {
    allow: ({ arn, now, needsStart }, concurrency) =>
      requests.count(arn, now) < requestsOfOne * concurrency &&
      !(needsStart && starts.count(arn, now) >= startedIn10s),
    add({ arn, now, needsStart }) {
      requests.add(arn, now)
      if (needsStart) starts.add(arn, now)
    },
  }
}

/** Nothing of a window is kept for the next one: Lambda banks no unused starts. */
function createWindow(lengthMs: number) {
  const counts = new Map<string, number>()
  let window = 0
  const count = (key: string, now: number) => {
    const current = Math.floor(now / lengthMs)
    if (current !== window) counts.clear()
    window = current
    return counts.get(key) ?? 0
  }
  return { count, add: (key: string, now: number) => counts.set(key, count(key, now) + 1) }
}
