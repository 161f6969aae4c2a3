import type { Check } from '../../release/values/check.ts'

/** A function that accepts no invocation while it is released. */
export interface ReleasedWhileStopped {
  /** Who stopped it, since when and why, as in `stopped by hand: …`. */
  summary: string
  /** How to start it. */
  next: string
  /** Whether the release provisions concurrency, which Lambda refuses beside a reservation of 0. */
  provisions: boolean
}

/** Names a function that is stopped: its new version gets no traffic that could prove it. */
export function stoppedCheck({ summary, next, provisions }: ReleasedWhileStopped): Check {
  const title = 'stopped'
  if (!provisions) {
    const detail = `the function is ${summary}; the new version gets no traffic until it is started. ${next}`
    return { title, outcome: 'warn', detail }
  }
  const detail = `the function is ${summary}; meanwhile Lambda provisions no concurrency for the new version`
  return { title, outcome: 'fail', detail, next: [next] }
}
