import { asLambdactlError } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import type { LiveSession, LiveUpdate } from '../../ports/logs/live-tails.ts'
import type { Notice } from './notice.ts'
import { isCurable, type Tailing } from './patient-pages.ts'

type LiveEvent = LiveUpdate['events'][number]

/** The receiver of all that Live Tail gives beside the polling. */
export interface LiveReceiver {
  /** A session of these groups has started. */
  started: (groups: readonly string[]) => void
  events: (events: LiveEvent[]) => Promise<void>
  notice: (notice: Notice) => void
}

export interface LiveSessions {
  /** Reads groups that exist and that no session reads yet. Resolves when the user has ended the tail. */
  read(groups: readonly string[]): Promise<void>
  /** Tells whether a session reads a group now. */
  isRead: (group: string) => boolean
  /** The minutes that are charged: those of all sessions. */
  minutes(): number
}

/** AWS's limit of groups of a session. */
const mostGroups = 10
/** AWS ends a session after three hours; another one begins before that. Milliseconds. */
const renewMs = 170 * 60_000
/** Pauses before a session that broke off starts again; they double. Milliseconds. */
const firstPauseMs = 1000
const longestPauseMs = 60_000

interface Opened extends LiveSession {
  began: number
  end: () => void
}

/**
 * Sessions of Live Tail. They only make lines quicker, so polling gives the lines that a session leaves out.
 *
 * @param pattern CloudWatch's filter pattern; undefined for all
 */
export function liveSessions(
  run: Tailing,
  pattern: string | undefined,
  receiver: LiveReceiver,
): LiveSessions {
  const known = new Set<string>()
  let endedMs = 0
  const running = new Set<Opened>()
  const start = async (groups: readonly string[]): Promise<Opened> => {
    const own = new AbortController()
    const signal = AbortSignal.any([run.signal, own.signal])
    const session = await run.aws.liveTails.start({ groups, pattern }, signal)
    const opened = {
      ...session,
      began: run.clock.now(),
      end: () => {
        own.abort()
        if (running.delete(opened)) endedMs += run.clock.now() - opened.began
      },
    }
    if (session.groups.length > 0) {
      running.add(opened)
      receiver.started(session.groups)
    }
    for (const group of groups) if (!session.groups.includes(group)) known.delete(group)
    return opened
  }
  return {
    async read(groups) {
      const fresh = groups.filter((group) => !known.has(group))
      for (const group of fresh) known.add(group)
      await Promise.all(chunks(fresh, mostGroups).map((chunk) => keepReading(run, chunk, start, receiver)))
    },
    isRead: (group) => Array.from(running).some(({ groups }) => groups.includes(group)),
    minutes: () => {
      const openMs = Array.from(running, ({ began }) => run.clock.now() - began)
      return openMs.reduce((sum, ms) => sum + ms, endedMs) / 60_000
    },
  }
}

/** The sessions of the same groups, one after the other. */
interface Chain {
  groups: readonly string[]
  start: (groups: readonly string[]) => Promise<Opened>
  /**
   * The next session leaves out the events that CloudWatch took before this time: the last one may have given them.
   * Milliseconds since the epoch.
   */
  given: number
  pauseMs: number
  isInterrupted: boolean
  isSampled: boolean
}

/** Reads groups by one session after the other, until the user ends the tail or Live Tail is refused. */
async function keepReading(
  run: Tailing,
  groups: readonly string[],
  start: Chain['start'],
  receiver: LiveReceiver,
): Promise<void> {
  const given = Number.NEGATIVE_INFINITY
  const fresh = { given, pauseMs: firstPauseMs, isInterrupted: false, isSampled: false }
  const chain: Chain = { groups, start, ...fresh }
  const interrupted = (reason: string) => pause(run, chain, reason, receiver)
  let session = await open(run, chain, receiver)
  while (session && session.groups.length > 0) {
    chain.groups = session.groups
    const next: Opened | string = await readOn(run, chain, session, receiver).catch(
      (error: unknown) => asLambdactlError(error).message,
    )
    session.end()
    if (typeof next === 'string') await interrupted(next)
    session = typeof next === 'string' ? await open(run, chain, receiver) : next
  }
}

/** Starts a session as soon as AWS does; undefined if Live Tail is refused, or the user ended the tail. */
async function open(run: Tailing, chain: Chain, receiver: LiveReceiver): Promise<Opened | undefined> {
  const { signal } = run
  while (!signal.aborted) {
    try {
      return await chain.start(chain.groups)
    } catch (error) {
      if (!signal.aborted && !isCurable(error)) {
        receiver.notice(offNotice(run, chain.groups, error))
        return undefined
      }
      await pause(run, chain, asLambdactlError(error).message, receiver)
    }
  }
  return undefined
}

async function pause(
  { clock, signal }: Tailing,
  chain: Chain,
  reason: string,
  { notice }: LiveReceiver,
): Promise<void> {
  if (signal.aborted) return
  if (!chain.isInterrupted) notice({ notice: 'live-interrupted', groups: chain.groups, reason })
  chain.isInterrupted = true
  await clock.sleep(chain.pauseMs, signal)
  chain.pauseMs = Math.min(2 * chain.pauseMs, longestPauseMs)
}

/** Returns the session that goes on when one is due, or the reason why there is none. */
async function readOn(
  { clock }: Tailing,
  chain: Chain,
  session: Opened,
  receiver: LiveReceiver,
): Promise<Opened | string> {
  const from = chain.given
  for await (const update of session.updates) {
    await take(chain, update, from, receiver)
    if (clock.now() - session.began >= renewMs) return await chain.start(chain.groups)
  }
  return 'AWS ended the session'
}

async function take(
  chain: Chain,
  { events, isSampled }: LiveUpdate,
  from: number,
  receiver: LiveReceiver,
): Promise<void> {
  const { groups } = chain
  if (chain.isInterrupted) receiver.notice({ notice: 'live-resumed', groups })
  if (isSampled && !chain.isSampled) receiver.notice({ notice: 'live-sampled', groups })
  Object.assign(chain, {
    isInterrupted: false,
    pauseMs: firstPauseMs,
    isSampled: chain.isSampled || isSampled,
  })
  const fresh = events.filter(({ ingested }) => ingested > from)
  for (const { ingested } of fresh) chain.given = Math.max(chain.given, ingested)
  if (fresh.length > 0) await receiver.events(fresh)
}

function offNotice({ config }: Tailing, groups: readonly string[], error: unknown): Notice {
  const { message: reason, next } = asLambdactlError(error)
  return { notice: 'live-off', groups, reason, next: stepsFor(config, next) }
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  )
}
