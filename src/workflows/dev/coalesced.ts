import type { Clock } from '../../ports/clock.ts'

/** Changes that are worked off together, one batch after the other. */
export interface Coalesced {
  note(path: string): void
  /** Does other work between the batches. */
  after(work: () => Promise<void>): Promise<void>
  /** Takes no more changes, and waits for the work under way. */
  end(): Promise<void>
}

/** A save comes as several events: no change for this long ends it; milliseconds of this machine. */
const quietMs = 15

/**
 * Puts changes together: those that come shortly after another, and those that come while the work for others goes on.
 *
 * @param work gets the changed paths, each once, and when the first of them was noted, by `elapsed`; never rejects
 */
export function coalesced(
  { clock }: { clock: Pick<Clock, 'elapsed'> },
  work: (paths: readonly string[], began: number) => Promise<void>,
): Coalesced {
  let paths = new Set<string>()
  let began = 0
  let last: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isEnded = false
  const takeAll = async () => {
    if (paths.size === 0 || isEnded) return
    const taken = [...paths]
    paths = new Set()
    await work(taken, began)
  }
  const after = (next: () => Promise<void>) => {
    last = inTurn(last, next)
    return last
  }
  return {
    after,
    note(path) {
      if (isEnded) return
      if (paths.size === 0) began = clock.elapsed()
      paths.add(path)
      clearTimeout(timer)
      timer = setTimeout(() => void after(takeAll), quietMs)
    },
    end() {
      isEnded = true
      clearTimeout(timer)
      return last
    },
  }
}

async function inTurn(before: Promise<void>, work: () => Promise<void>): Promise<void> {
  await before
  await work()
}
