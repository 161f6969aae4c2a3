import { asLambdactlError, isCode } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import { mostCalls } from '../../logs/following/call-rate.ts'
import { type Arrived, inOrder, type Limits } from '../../logs/following/in-order.ts'
import { type SeenEvents, seenEvents } from '../../logs/following/seen-events.ts'
import { sweepShare } from '../../logs/following/turn-order.ts'
import type { LogEvent } from '../../logs/model/event.ts'
import type { Receiver, Wanted } from './group-pages.ts'
import { type LiveBeside, type LiveFigures, liveBeside } from './live-beside.ts'
import type { Notice } from './notice.ts'
import type { Tailing } from './patient-pages.ts'
import { type GroupReader, groupReader } from './read-group.ts'
import { readTurns } from './read-turns.ts'

/** The content that a tail reads. */
export interface Following {
  /**
   * Returns the names of log groups. Called repeatedly, so that groups of new functions are read too. A group that is
   * not named any more is not read any more; named again, it is read on from there.
   */
  groups: () => Promise<readonly string[]>
  /** The time from which events are wanted, milliseconds since the epoch. */
  start: number
  /** Exclusive; absent for all. */
  until?: number | undefined
  /** CloudWatch's filter pattern; absent for all. */
  pattern?: string | undefined
  /** If false, the tail ends with the present events. */
  isFollowed: boolean
  /** Whether Live Tail makes lines quicker while the tail follows. Polling stays the truth. */
  isLive?: boolean | undefined
  /** Events up to this time can be judged; newer ones wait, as for a group that is not read yet. Absent for all. */
  judgedTo?: () => number
}

/** The receiver of a tail. */
export interface Sink {
  /**
   * Gets events in order, each once. It is awaited and nothing is read meanwhile, so a slow reader of a pipe loses
   * nothing.
   */
  events: (events: Arrived<LogEvent>[]) => Promise<void>
  notice: (notice: Notice) => void
  /** Gets, where Live Tail is used, what returns its figures of now. */
  live?: ((figures: () => LiveFigures) => void) | undefined
}

/**
 * Events of several streams and groups are held, so that they come in order: for the least time, and until all groups
 * were read. The most is for groups that AWS does not answer for. Milliseconds.
 */
const hold = { leastMs: 600, mostMs: 5000 }
/** Shorter, since Live Tail is there to be quick. */
const liveHold = { ...hold, leastMs: 400 }
/**
 * With more events than this in memory, reading waits for the receiver. A backlog holds at most a page of each group
 * beside it, since the group that is furthest back is read first.
 */
const mostHeld = 20_000
/**
 * How often held events are given whose time is over, and how often they are looked for if none is held; milliseconds,
 * less than the hold.
 */
const giveEveryMs = { some: 50, none: 250 }
/** How often new groups are looked for, and how often the first one; milliseconds. */
const lookEveryMs = { more: 15_000, first: 2000 }
/** Of the calls in a second, those that the sweeps leave to the polls. */
const pollsPerSecond = mostCalls - mostCalls / sweepShare
/** Groups that are each read at least this often need no notice, milliseconds. */
const toldFromMs = 1000
/** How long a read without following waits for AWS, milliseconds. */
const readPatienceMs = 60_000

/**
 * Reads log groups: the events since the start, in order, then new ones, until the user ends it. Each event is given
 * once, even if it becomes visible up to 15 minutes late. A group that may not be read is reported, and the others go
 * on.
 *
 * @throws LambdactlError if no later call would succeed
 */
export async function followGroups(run: Tailing, following: Following, sink: Sink): Promise<void> {
  const { isFollowed } = following
  const isLive = isFollowed && following.isLive === true
  const order = inOrder<LogEvent>(isLive ? liveHold : hold)
  const take = oneAtATime(async (now: number, limits?: Limits) => {
    const arrived = order.take(now, limits)
    if (arrived.length > 0) await sink.events(arrived)
  })
  const giveRest = () => take(Number.POSITIVE_INFINITY)

  const ended = new AbortController()
  const inner = { ...run, signal: AbortSignal.any([run.signal, ended.signal]) }
  // The backlog is unread from this time on.
  let unread = Number.POSITIVE_INFINITY
  const add = async (events: LogEvent[]) => {
    order.add(events, run.clock.now())
    if (order.size() > mostHeld) await give(unread)
  }
  const patienceMs = isFollowed ? Number.POSITIVE_INFINITY : readPatienceMs
  const receiver = { events: add, notice: sink.notice }
  const live = isLive ? liveBeside(inner, following, receiver) : undefined
  if (live) sink.live?.(() => live.figures())
  const turns = readTurns(inner)
  const readers = openedReaders(inner, { ...following, live }, { patienceMs, turns }, receiver)
  const give = (before?: number) => {
    const read = Math.min(readers.readTo(), following.judgedTo?.() ?? Number.POSITIVE_INFINITY)
    return take(run.clock.now(), { before, read })
  }

  const failed = Promise.withResolvers<never>()
  const tasks: Promise<void>[] = []
  const begin = (task: Promise<void>) => void tasks.push(task.catch(failed.reject))
  const tellQuota = quotaTeller(sink.notice)
  const openMore = async () => {
    const opened = await readers.open()
    await readBacklog(opened, (earliest) => {
      unread = earliest
      return give(earliest)
    })
    if (!isFollowed) return
    tellQuota(readers.count())
    for (const each of opened) begin(each.follow())
    if (live) begin(live.read())
  }

  const began = run.clock.elapsed()
  await openMore()
  if (!isFollowed) return giveRest()
  begin(every(inner, () => (order.size() > 0 ? giveEveryMs.some : giveEveryMs.none), give))
  begin(every(inner, () => (readers.count() > 0 ? lookEveryMs.more : lookEveryMs.first), openMore))
  try {
    await Promise.race([abortOf(run.signal), failed.promise])
  } finally {
    ended.abort()
    await Promise.all(tasks)
    await giveRest()
    live?.end()
    sink.notice({ notice: 'calls', calls: turns.taken(), ms: run.clock.elapsed() - began })
  }
}

/** Tells once, and again if the number of groups changes, that the account's quota makes lines come later. */
function quotaTeller(notice: (notice: Notice) => void): (groups: number) => void {
  let told = 0
  return (groups) => {
    const everyMs = (groups * 1000) / pollsPerSecond
    if (groups === told || everyMs <= toldFromMs) return
    told = groups
    notice({ notice: 'shared-quota', groups, perSecond: mostCalls, everyMs: Math.round(everyMs) })
  }
}

/** The readers of the groups that are named. */
interface OpenedReaders {
  /** Opens a reader for each group that has none yet, and returns those. Readers of groups that are not named any more end. */
  open: () => Promise<GroupReader[]>
  count: () => number
  /** All groups were read at this time or later. */
  readTo: () => number
}

function openedReaders(
  run: Tailing,
  { groups, start, until, pattern, live }: Following & { live: LiveBeside | undefined },
  calls: Pick<Wanted, 'patienceMs' | 'turns'>,
  receiver: Receiver,
): OpenedReaders {
  const known = new Map<string, { left: AbortController; reader: GroupReader }>()
  // Those of groups that are not named any more too: such a group may be named again.
  const given = new Map<string, SeenEvents>()
  const wanted = { until, pattern, ...calls, groupCount: () => known.size }
  const open = (name: string) => {
    const left = new AbortController()
    const own = { ...run, signal: AbortSignal.any([run.signal, left.signal]) }
    const seen = given.get(name) ?? seenEvents()
    given.set(name, seen)
    const here = { ...wanted, seen, start: Math.max(start, seen.since), matches: live?.matchesOf(name) }
    const reader = permitted(run, name, groupReader(own, name, here, receiver), receiver)
    known.set(name, { left, reader })
    return reader
  }
  // Live Tail gives the lines of all its groups together.
  const isWaitedFor = (name: string) => !live?.isRead(name)
  return {
    async open() {
      const names = await groups()
      for (const [name, { left }] of known) {
        if (names.includes(name)) continue
        left.abort()
        live?.leave(name)
        known.delete(name)
      }
      return names.filter((name) => !known.has(name)).map(open)
    },
    count: () => known.size,
    readTo: () =>
      Array.from(known).reduce(
        (least, [name, { reader }]) => (isWaitedFor(name) ? Math.min(least, reader.readTo()) : least),
        Number.POSITIVE_INFINITY,
      ),
  }
}

/**
 * Reads the group with the earliest unread time, page by page, and gives the events that come before everything unread.
 */
async function readBacklog(
  readers: readonly GroupReader[],
  give: (before: number) => Promise<void>,
): Promise<void> {
  const earliest = () => Math.min(...readers.map((reader) => reader.position()))
  while (earliest() < Number.POSITIVE_INFINITY) {
    await readers.find((reader) => reader.position() === earliest())?.readOn()
    await give(earliest())
  }
}

/** A reader that ends if the group may not be read. */
function permitted(
  { config }: Pick<Tailing, 'config'>,
  group: string,
  reader: GroupReader,
  { notice }: Receiver,
): GroupReader {
  let isDenied = false
  const work = async (read: () => Promise<void>) => {
    try {
      await read()
    } catch (error) {
      if (!isCode(error, 'NOT_PERMITTED')) throw error
      const { message, next } = asLambdactlError(error)
      isDenied = true
      notice({ notice: 'denied', group, reason: message, next: stepsFor(config, next) })
    }
  }
  return {
    position: () => (isDenied ? Number.POSITIVE_INFINITY : reader.position()),
    readTo: () => (isDenied ? Number.POSITIVE_INFINITY : reader.readTo()),
    readOn: () => work(() => reader.readOn()),
    follow: async () => {
      if (!isDenied) await work(() => reader.follow())
    },
  }
}

async function every(
  { clock, signal }: Tailing,
  pauseMs: () => number,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(pauseMs(), signal)
    await work()
  }
}

/** Each call begins after the one before it has ended. */
function oneAtATime<Parameters extends unknown[]>(
  work: (...parameters: Parameters) => Promise<void>,
): (...parameters: Parameters) => Promise<void> {
  let last = Promise.resolve()
  return (...parameters) => {
    last = last.then(() => work(...parameters))
    return last
  }
}

async function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
