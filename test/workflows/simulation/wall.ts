import { type ServerTime, serverTime } from '../../../src/aws/answers/server-time.ts'
import type { Dice } from './dice.ts'
import type { Timeline } from './timeline.ts'

/** Of a process, its own clock, and what it makes of AWS's answers. */
export interface Walled {
  /** How far its clock is ahead. */
  skewMs: number
  /** It is of an old kind, which goes by its own clock. */
  isDeaf: boolean
  time: ServerTime
  /** How many answers it has had. */
  heard: number
}

const minute = 60_000

/** Off by minutes, by hours, or right. */
export function randomSkew(dice: Dice): number {
  if (!dice.chance(0.3)) return 0
  return dice.chance(0.5) ? dice.between(-5 * minute, 5 * minute) : dice.between(-600 * minute, 600 * minute)
}

/** The time as a process learns it: the real thing, on its own clock. */
export function learning({ now }: Timeline, process: () => Walled): ServerTime {
  // The process itself is not made yet.
  let made: ServerTime | undefined
  const time = () => (made ??= serverTime({ wall: () => now() + process().skewMs, monotonic: now }))
  return { now: () => time().now(), learn: (sample) => time().learn(sample), skewMs: () => time().skewMs() }
}

/** Returns the time as a process knows it, milliseconds. */
export function timeOf({ now }: Timeline, { isDeaf, time, skewMs }: Walled): number {
  return isDeaf ? now() + skewMs : time.now()
}

/**
 * Has a process hear the Date of an answer, in whole seconds.
 *
 * @param toldAt when AWS answered: true time
 * @param lieMs by how much its Date is wrong
 */
export function hear(
  { now }: Timeline,
  process: Walled,
  sentAt: number,
  toldAt: number,
  lieMs: number,
): void {
  process.heard += 1
  process.time.learn({ date: Math.floor((toldAt + lieMs) / 1000) * 1000, sentAt, receivedAt: now() })
}

/** Rarely one that is hours wrong. */
export function randomLie(dice: Dice): number {
  return dice.chance(0.02) ? dice.pick([-1, 1]) * dice.between(1, 600) * minute : 0
}
