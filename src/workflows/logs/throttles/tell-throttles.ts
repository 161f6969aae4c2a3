import type { Notice } from '../notice.ts'
import type { Tailing } from '../patient-pages.ts'
import type { Source } from '../wanted-functions.ts'
import { countOf, minutesKeptMs, readThrottles, type ThrottleSpan } from './read-throttles.ts'

/** CloudWatch has the figures of a minute some minutes later, and may still correct them; milliseconds. */
const settlesAfterMs = 10 * 60_000
const minuteMs = 60_000
/** All looks count by the minute, so that each finds what an earlier one told; milliseconds. */
const longestMs = minutesKeptMs - minuteMs

/**
 * Tells the throttled requests of functions, each once, of at most the last 15 days. Each call looks again, for what is
 * new.
 */
export function tellThrottles(
  run: Tailing,
  { from, until }: { from: number; until: number | undefined },
  tell: (notice: Notice) => void,
): (functions: readonly Source[]) => Promise<void> {
  const told = new Map<string, Map<number, number>>()
  const unknown = new Set<string>()
  const tellUnknown = (name: string) => (notice: Notice) => {
    if (!unknown.has(name)) tell(notice)
    unknown.add(name)
  }
  const look = async (source: Source, span: ThrottleSpan) => {
    const { name } = source
    const known = told.get(source.lambdaName) ?? new Map<number, number>()
    const found = await readThrottles(run, source, span, tellUnknown(name))
    if (!found) return
    told.set(source.lambdaName, known)
    const fresh = found
      .map(({ time, count }) => ({ time, count: count - (known.get(time) ?? 0) }))
      .filter(({ count }) => count > 0)
    for (const { time, count } of found) known.set(time, count)
    const [first] = fresh
    const last = fresh.at(-1)
    if (!first || !last) return
    const to = last.time + minuteMs
    tell({ notice: 'throttled', function: name, count: countOf(fresh), from: first.time, to })
  }
  return async (functions) => {
    for (const source of functions) {
      const now = run.clock.now()
      const backMs = told.has(source.lambdaName) ? settlesAfterMs : longestMs
      const span = { from: Math.max(from, now - backMs), until: Math.min(until ?? now, now) }
      if (span.from <= span.until) await look(source, span)
    }
  }
}
