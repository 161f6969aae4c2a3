import { Changes } from './state/changes.ts'
import type { Persistent } from './state/persistent.ts'

/** How long work of the sandbox waits. */
export interface Pace {
  /** The real time in which so much of the sandbox's time passes, milliseconds. */
  readonly realMs: (ms: number) => number
  /** The same for work that is repeated, which must leave this machine time for other work. */
  readonly beatMs: (ms: number) => number
}

/** The shortest real time between two turns of repeated work, milliseconds. */
const shortestBeatMs = 25

function paceOf(speed: number): Pace {
  const realMs = (ms: number) => ms / speed
  return { realMs, beatMs: (ms) => Math.max(realMs(ms), Math.min(ms, shortestBeatMs)) }
}

export const realPace: Pace = paceOf(1)

/** The time of a sandbox, which may pass faster than real time. */
export interface SandboxClock extends Pace {
  /** How much faster than real time it runs. */
  readonly speed: number
  /** Whole milliseconds since the epoch. */
  readonly now: () => number
  /** Whether it is this machine's own time. */
  readonly isReal: () => boolean
  /** A fast clock gets ahead of this machine's; the next sandbox with the same state goes on where it stood. */
  kept: Persistent
  /** Notes the time for the next sandbox; call it each `noteEveryMs`, since a killed sandbox can't at its end. */
  note(): void
}

/**
 * Tells a clock to a handler's runtime, which runs it on by this machine's time: the two times in milliseconds since the
 * epoch, and the speed. Empty for this machine's own time.
 */
export function clockText({ isReal, now, speed }: SandboxClock): string {
  return isReal() ? '' : `${now()} ${Date.now()} ${speed}`
}

/** Real milliseconds. */
export const noteEveryMs = 1000

/** @param speed 1 is real time */
export function createClock(speed = 1): SandboxClock {
  const changes = new Changes<number>()
  let start = { time: Date.now(), at: performance.now() }
  let isReal = speed === 1
  let isRestored = false
  const now = () => (isReal ? Date.now() : Math.floor(start.time + (performance.now() - start.at) * speed))
  const goOnFrom = (time: number) => {
    if (time <= now()) return
    start = { time, at: performance.now() }
    isReal = false
  }
  return {
    speed,
    now,
    isReal: () => isReal,
    ...paceOf(speed),
    kept: changes.keptAs('clock', (rows) => {
      // Later calls undo a note that could not be written, and time goes on.
      if (!isRestored) for (const [, time] of rows) goOnFrom(Number(time))
      isRestored = true
    }),
    note() {
      // The next sandbox must not be behind a time that this one tells before its next note, even a late one.
      if (!isReal) changes.note('clock', now() + 2 * noteEveryMs * speed)
    },
  }
}

/** A clock for parts of a sandbox that stand alone. */
export const realClock: SandboxClock = createClock()
