import { type Memory, memoryFromProc, memoryOf } from '../runtime/memory.ts'

/** How often the memory of a running handler is looked at, in milliseconds. */
const interval = 25

/** The memory of one process, which has a limit on Linux. */
export interface MemoryWatch {
  /** Looks at the memory. */
  measure(): Promise<void>
  /** The highest resident memory in any look so far in MB, at most the limit; 0 if the process ended before. */
  peak(): number
  /** Whether the process had more than the limit in any look so far. */
  isOver(): boolean
  /**
   * Looks again and again, and calls this when it is over; never on systems other than Linux.
   *
   * @returns a function that ends the looks
   */
  untilOver(act: () => void): () => void
}

/** @param limitMb of the memory without mapped files: the interpreter's own pages count for no function */
export function watchMemory(pid: number | undefined, limitMb: number): MemoryWatch {
  let [peak, ownPeak] = [0, 0]
  const note = (memory: Memory) => {
    peak = Math.max(peak, memory.peak)
    ownPeak = Math.max(ownPeak, memory.own ?? 0)
  }
  const isOver = () => ownPeak > limitMb
  return {
    async measure() {
      if (pid !== undefined) note(await memoryOf(pid))
    },
    peak: () => Math.min(peak, limitMb),
    isOver,
    untilOver(act) {
      const look = () => {
        if (pid !== undefined) note(memoryFromProc(pid))
        if (isOver()) act()
      }
      const timer = process.platform === 'linux' ? setInterval(look, interval) : undefined
      return () => clearInterval(timer)
    },
  }
}
