import { type LiveMatches, liveMatches } from '../../logs/following/live-matches.ts'
import type { LiveUpdate } from '../../ports/logs/live-tails.ts'
import type { Receiver, Wanted } from './group-pages.ts'
import { liveSessions } from './live-sessions.ts'
import type { Tailing } from './patient-pages.ts'

/** The content to read; the pattern is CloudWatch's filter pattern. */
type LiveWanted = Pick<Wanted, 'start' | 'until' | 'pattern'>

/** The lines that Live Tail gave first, and those that it left out and polling gave. */
export interface LiveFigures {
  given: number
  recovered: number
}

/** Live Tail beside the polling of log groups. */
export interface LiveBeside {
  /** Tells the polling of a group which events Live Tail has given. */
  matchesOf(group: string): LiveMatches
  /** Reads the groups that no session reads yet. Resolves when the user has ended the tail. */
  read(): Promise<void>
  /** Tells whether a session reads a group now. */
  isRead: (group: string) => boolean
  /** Leaves out the events of a group from now on. */
  leave(group: string): void
  figures(): LiveFigures
  /** Gives the notice of the end. */
  end(): void
}

/** The clocks of AWS and of this machine agree this well, and a session needs this long to start; milliseconds. */
const marginMs = 5000

export function liveBeside(
  run: Tailing,
  { start, until, pattern }: LiveWanted,
  receiver: Receiver,
): LiveBeside {
  const byGroup = new Map<string, LiveMatches>()
  /** When the first session of each group started. */
  const started = new Map<string, number>()
  /** The newest time at which CloudWatch took an event that Live Tail gave, by group. */
  const newest = new Map<string, number>()
  let given = 0

  const isWanted = ({ timestamp }: { timestamp: number }) =>
    timestamp >= start && timestamp < (until ?? Number.POSITIVE_INFINITY)
  const sessions = liveSessions(run, pattern, {
    started(groups) {
      for (const group of groups) started.set(group, started.get(group) ?? run.clock.now())
    },
    notice: receiver.notice,
    async events(events: LiveUpdate['events']) {
      for (const { group, ingested } of events) newest.set(group, Math.max(newest.get(group) ?? 0, ingested))
      const first = events
        .filter(isWanted)
        .flatMap((event) => byGroup.get(event.group)?.live([event]) ?? [])
        .map((event) => ({ ...event, id: `live-${(given += 1)}` }))
      await receiver.events(first)
    },
  })
  const figures = (): LiveFigures => {
    // Live Tail may still give what CloudWatch took a moment ago, unless it has given something newer.
    const lately = run.clock.now() - marginMs
    const recovered = Array.from(started, ([group, time]) => {
      const before = Math.max(lately, newest.get(group) ?? 0)
      return byGroup.get(group)?.polledAlone(time + marginMs, before) ?? 0
    }).reduce((sum, count) => sum + count, 0)
    return { given, recovered }
  }
  return {
    figures,
    matchesOf(group) {
      const matches = liveMatches(run.clock.now() - marginMs)
      byGroup.set(group, matches)
      return matches
    },
    isRead: sessions.isRead,
    leave: (group) => void byGroup.delete(group),
    read: () => sessions.read([...byGroup.keys()]),
    end() {
      if (started.size === 0) return
      receiver.notice({ notice: 'live-ended', ...figures(), minutes: sessions.minutes() })
    },
  }
}
