import { kill } from '../../../processes/group.ts'
import { isSameProcess } from '../../../processes/start-time.ts'
import type { Member } from '../runtime/families.ts'
import { type Memory, memoryFromProc, memoryOf, shareOf } from '../runtime/memory.ts'

/** How often the memory of a running handler is looked at, in milliseconds. */
const interval = 25
/** The least time between two exact looks, which are slow, in milliseconds. */
const exactInterval = 100

/** The memory of an environment's processes, which has a limit on Linux. */
export interface MemoryWatch {
  /** Looks at the memory. */
  measure(): Promise<void>
  /** The highest resident memory in any look so far in MB, at most the limit; 0 if the process ended before. */
  peak(): number
  /** Whether the runtime itself has to be killed, by any look so far. */
  isOver(): boolean
  /**
   * Looks again and again, and calls this when it is over; never on systems other than Linux.
   *
   * @returns a function that ends the looks
   */
  untilOver(act: () => void): () => void
}

/**
 * Compares the memory of the runtime and of the processes that it started with a limit. Mapped files don't count: the
 * interpreter's own pages count for no function. Over the limit the largest process ends, as Linux does it; another
 * process than the runtime is killed here.
 *
 * @param runtime its process; none if it could not be started
 * @param members all processes of the environment
 */
export function watchMemory(
  runtime: { readonly pid: number | undefined },
  limitMb: number,
  members: () => Member[],
): MemoryWatch {
  let [peak, over, exactAt] = [0, false, Number.NEGATIVE_INFINITY]
  const note = (leader: number, memory: Memory) => {
    const others = members()
      .filter(({ pid }) => pid !== leader)
      .map((member) => ({ member, memory: memoryFromProc(member.pid) }))
    const all = [memory, ...others.map((other) => other.memory)]
    peak = Math.max(peak, memory.peak + sum(others.map((other) => ownOf(other.memory))))
    const isCertain = others.length === 0 && !memory.shared
    if (sum(all.map(ownOf)) <= limitMb || (!isCertain && performance.now() - exactAt < exactInterval)) return
    const shares = isCertain
      ? [ownOf(memory)]
      : [leader, ...others.map((other) => other.member.pid)].map(shareOf)
    exactAt = performance.now()
    if (sum(shares) <= limitMb) return
    const largest = others[shares.indexOf(Math.max(...shares)) - 1]
    if (largest) end(largest.member)
    else over = true
  }
  return {
    async measure() {
      if (runtime.pid !== undefined) note(runtime.pid, await memoryOf(runtime.pid))
    },
    peak: () => Math.min(Math.ceil(peak), limitMb),
    isOver: () => over,
    untilOver(act) {
      const look = () => {
        if (runtime.pid !== undefined) note(runtime.pid, memoryFromProc(runtime.pid))
        if (over) act()
      }
      const timer = process.platform === 'linux' ? setInterval(look, interval) : undefined
      return () => clearInterval(timer)
    },
  }
}

/** More than it really has, if it shares memory with others or maps files that are in memory. */
function ownOf({ anonymous = 0, shared = 0 }: Memory): number {
  return anonymous + shared
}

function end({ pid, started }: Member): void {
  if (isSameProcess(pid, started)) kill(pid, 'SIGKILL')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
