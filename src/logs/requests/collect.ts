import { counts } from '../following/counts.ts'
import type { Line } from '../model/line.ts'
import type { Request } from '../model/request.ts'
import { note, type OpenAccount, openAccount, told } from './account.ts'
import { type FailedStarts, failedStarts } from './failed-starts.ts'
import { failureOf } from './failure.ts'
import { requestKey } from './request-key.ts'

/** Puts lines together to requests. Lines may come late. */
export interface Requests {
  /** Adds a line; returns its request's present state, undefined for a line without a request. */
  add(line: Line): Request | undefined
  /** The requests that are remembered, in the order of their first lines. */
  all(): Request[]
  /** Forgets requests without a line since a time, ended or not. Milliseconds since the epoch. */
  forgetBefore(time: number): void
  /**
   * Takes the requests out that get no more lines: those that have ended and were quiet for 10 s, and all that were quiet
   * for longer than Lambda lets a function run. A line of such a request is left out, unless it tells a first failure.
   *
   * @param now milliseconds since the epoch; Infinity takes all
   */
  takeSettled(now: number): Request[]
}

/** A request that is being put together. */
interface Open {
  account: OpenAccount
  lines: Line[]
  /** How many lines were left out of `lines`. */
  omitted: number
}

/** The lines of one request that are kept, from its first one on. */
const mostLines = 2000
/** Lambda's line about a time-out comes after the REPORT; milliseconds. */
const settlesAfterMs = 10_000
/** A function runs for 15 minutes at most; milliseconds. */
const longestMs = 16 * 60_000

/**
 * Each attempt of an event is a request of its own.
 *
 * @param starts what is known of failed starts, shared with others that read the same lines
 */
export function collectRequests(starts: FailedStarts = failedStarts()): Requests {
  const open = new Map<string, Open>()
  const taken = takenRequests()
  const opened = (line: Line, id: string): Open => {
    const start = starts.takeBefore(line)
    const account = { ...openAccount(line, id), startError: start?.error }
    return { account, lines: [...(start?.lines ?? [])], omitted: 0 }
  }
  return {
    add(line) {
      if (line.requestId === undefined) {
        starts.note(line)
        return undefined
      }
      const key = requestKey(line)
      if (taken.settles(key, line)) return undefined
      const request = open.get(key) ?? opened(line, line.requestId)
      open.set(key, request)
      note(request.account, line)
      if (counts(line)) place(request, line)
      return whole(request)
    },
    all: () => Array.from(open.values(), whole).toSorted((one, other) => one.start - other.start),
    forgetBefore(time) {
      for (const [key, { account }] of open) if (account.last < time) open.delete(key)
    },
    takeSettled(now) {
      const settled = Array.from(open).filter(([, { account }]) => isSettled(account, now))
      for (const [key, request] of settled) {
        open.delete(key)
        taken.note(key, request.account)
      }
      taken.forgetBefore(now - longestMs)
      return settled.map(([, request]) => whole(request)).toSorted((one, other) => one.start - other.start)
    },
  }
}

function isSettled({ last, hasEnded }: OpenAccount, now: number): boolean {
  return last < now - (hasEnded ? settlesAfterMs : longestMs)
}

/** Remembers which requests were taken out. */
function takenRequests() {
  const taken = new Map<string, { last: number; hasFailed: boolean }>()
  return {
    note: (key: string, { last, failure }: OpenAccount) =>
      void taken.set(key, { last, hasFailed: failure !== undefined }),
    /** Tells whether a line is of a request that was taken out, and adds nothing to it. */
    settles(key: string, line: Line): boolean {
      const request = taken.get(key)
      return request !== undefined && (request.hasFailed || failureOf(line) === undefined)
    },
    /** The requests were taken out about in the order of their last lines. */
    forgetBefore(time: number): void {
      for (const [key, { last }] of taken) {
        if (last >= time) return
        taken.delete(key)
      }
    },
  }
}

/** Inserts a late line at its place. */
function place(request: Open, line: Line): void {
  if (request.lines.length >= mostLines) {
    request.omitted += 1
    return
  }
  const after = request.lines.findLastIndex(({ event }) => event.timestamp <= line.event.timestamp)
  request.lines.splice(after + 1, 0, line)
}

function whole({ account, lines, omitted }: Open): Request {
  return { ...told(account), lines, omitted }
}
