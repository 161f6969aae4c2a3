import { type Pace, realPace } from '../clock.ts'
import type { Fault } from './fault.ts'
import type { Faults } from './faults.ts'

/**
 * Does work about something of these names: at once, or late if a fault delays it.
 *
 * @param subjects the names of the resource that it is about
 */
export type Delay = (names: readonly string[], work: () => void, subjects?: () => readonly string[]) => void

/** Nothing is late. */
export const noDelay: Delay = (_, work) => work()

type Late = 'late-logs' | 'late-metrics'

/** Work that waits for its time. */
export interface Delays {
  of(kind: Late): Delay
  /** Does all waiting work of a kind now, the oldest first. */
  release(kind: Late): void
}

interface Waiting {
  fault: Fault
  timer: NodeJS.Timeout
  work: () => void
}

/** Delays work while a fault says so. When a person clears the fault, its waiting work is done at once. */
export function createDelays(faults: Faults, { realMs }: Pick<Pace, 'realMs'> = realPace): Delays {
  const waiting = new Set<Waiting>()
  const end = (each: Waiting) => {
    clearTimeout(each.timer)
    waiting.delete(each)
    each.work()
  }
  faults.onClear((cleared) => {
    const ids = new Set(cleared.map(({ id }) => id))
    for (const each of waiting) if (ids.has(each.fault.id)) end(each)
  })
  return {
    of: (kind) => (names, work, subjects) => {
      const fault = faults.strike(kind, names, subjects)
      if (!fault) return work()
      const timer = setTimeout(() => end(each), realMs(fault.byMs ?? 0)).unref()
      const each: Waiting = { fault, timer, work }
      waiting.add(each)
    },
    release(kind) {
      for (const each of waiting) if (each.fault.kind === kind) end(each)
    },
  }
}
