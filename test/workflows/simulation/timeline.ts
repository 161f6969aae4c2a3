/** True time, which nobody's clock need agree with, and what is due in it. */
export interface Timeline {
  now: () => number
  /** Does something that long from now; things of the same moment happen in the order they were asked for. */
  after: (ms: number, action: () => void) => void
  /** How many things have happened; more than `most` fail. */
  happened: () => number
  /** Counts something that takes no time. */
  count: () => void
  /** Lets time pass until the work is over. */
  live: (work: Promise<void>) => Promise<void>
}

/** More than any life needs: a loop that never ends fails. */
const most = 60_000

export function timeline(start: number): Timeline {
  let now = start
  let happened = 0
  /** By time, the next one last. */
  const due: { time: number; action: () => void }[] = []
  const count = () => {
    happened += 1
    if (happened > most) throw new Error(`More than ${most} things happened: something never ends.`)
  }
  return {
    now: () => now,
    happened: () => happened,
    count,
    after(ms, action) {
      const time = now + Math.max(0, ms)
      let at = due.length
      while (at > 0 && (due[at - 1]?.time ?? 0) <= time) at -= 1
      due.splice(at, 0, { time, action })
    },
    live: async (work) => {
      const life = { over: false }
      const ended = work.finally(() => {
        life.over = true
      })
      // A failure is handled here already, since it is awaited only later.
      ended.catch(() => undefined)
      await settled()
      while (!life.over) {
        const next = due.pop()
        if (!next) throw new Error('Nothing is due any more, and yet the life is not over.')
        count()
        now = Math.max(now, next.time)
        next.action()
        await settled()
      }
      return ended
    },
  }
}

/** Everything that could go on has gone on: timers of the event loop come after all promises. */
function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
