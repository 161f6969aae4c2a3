/** How far a group was read, and when something was written to it. Times are milliseconds since the epoch. */
export interface Freshness {
  /** Notes an answer with new events; `time` is that of the newest one. */
  wrote: (time: number, now: number) => void
  /** Notes that a read came to its end which began at this time. */
  readAt: (begun: number) => void
  /** Notes whether the group exists. */
  exists: (does: boolean, now: number) => void
  lastRead: () => number | undefined
  /** Whether nothing was written for a minute. */
  isQuiet: (now: number) => boolean
  /** How urgent the next poll is, beside those of other groups. */
  urgency: (now: number, groups: number) => number
  /** All events up to this time are read that were visible at it; Infinity if no read is to be waited for. */
  readTo: (now: number) => number
}

/** A group in which nothing was written for this long is polled less often; milliseconds. */
const quietMs = 60_000
/** With more groups than this, quiet ones are less urgent: up to so many times, until they were unread for so long (ms). */
const quicklyRead = 5
const mostQuietFactor = 4
const urgentMs = 5000
/** The other groups do not wait longer for a quiet one, milliseconds. */
const longestWaitMs = 1000

/** @param created the time at which the group joined the tail */
export function freshness(created: number): Freshness {
  let lastRead: number | undefined
  let lastEvent = Number.NEGATIVE_INFINITY
  /** The time at which the group was found missing. */
  let absentAt: number | undefined
  const isQuiet = (now: number) => now - lastEvent > quietMs
  return {
    wrote(time, now) {
      lastEvent = Math.max(lastEvent, Math.min(time, now))
    },
    readAt(begun) {
      lastRead = Math.max(lastRead ?? 0, begun)
    },
    exists(does, now) {
      absentAt = does ? undefined : now
    },
    lastRead: () => lastRead,
    isQuiet,
    urgency(now, groups) {
      const unreadMs = now - (absentAt ?? lastRead ?? created)
      const factor = Math.min(mostQuietFactor, Math.max(1, groups / quicklyRead))
      return isQuiet(now) && unreadMs < urgentMs ? unreadMs / factor : unreadMs
    },
    readTo(now) {
      if (absentAt !== undefined || lastRead === undefined) return Number.POSITIVE_INFINITY
      // After a pause, such as a laptop's sleep, nobody knows whether the group is quiet.
      const isKnownQuiet = isQuiet(now) && now - lastRead < 2 * urgentMs
      return isKnownQuiet ? Math.max(lastRead, now - longestWaitMs) : lastRead
    },
  }
}
