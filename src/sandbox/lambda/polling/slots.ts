/** Lambda begins with so many batches of a queue at a time, and adds 300 in a minute while messages wait. */
const first = 5
const more = { count: 5, eachMs: 1000 }
/** One machine runs no more of them, unless the mapping allows more. Lambda has up to 1,250. */
const usualMost = 50

/** The batches of a mapping that run at a time. */
export interface Slots {
  /** Whether another batch may run. @param most of the mapping, if it has a limit */
  hasFree(most: number | undefined): boolean
  take(): void
  give(): void
  /** No message waits, so the next rush begins with few batches again. */
  calm(): void
  /** Waits until a batch has ended, at most so long that one more may run. */
  change(): Promise<void>
}

/** @param after calls back after so much of the sandbox's time, milliseconds */
export function createSlots(clock: () => number, after: (ms: number, work: () => void) => void): Slots {
  let taken = 0
  let allowed = first
  let grownAt = clock()
  const waiting: (() => void)[] = []
  const tell = () => {
    for (const go of waiting.splice(0)) go()
  }
  return {
    hasFree(most = usualMost) {
      if (taken >= allowed && clock() - grownAt >= more.eachMs) {
        allowed = Math.min(allowed + more.count, most)
        grownAt = clock()
      }
      return taken < Math.min(allowed, most)
    },
    take() {
      taken += 1
    },
    give() {
      taken -= 1
      tell()
    },
    calm() {
      if (taken > 0) return
      allowed = first
      grownAt = clock()
    },
    change() {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      after(more.eachMs, resolve)
      return promise
    },
  }
}
