import type { Line } from '../../logs/model/line.ts'
import type { RequestAccount } from '../../logs/model/request.ts'
import { note, type OpenAccount, openAccount, told } from '../../logs/requests/account.ts'
import { failedStarts } from '../../logs/requests/failed-starts.ts'
import { requestKey } from '../../logs/requests/request-key.ts'

/** Returns the request that ends with a line; undefined for any other line. */
export type RequestEnds = (line: Line) => RequestAccount | undefined

/**
 * Longer than the longest request, milliseconds. One without a line for so long has ended without a REPORT, which a
 * function's log level may leave out.
 */
const longestSilence = 16 * 60_000
/** Lines between two looks for requests that have gone silent. */
const lookEach = 10_000

/** Accounts for requests while they run, and forgets each of them when it ends. */
export function requestEnds(): RequestEnds {
  const open = new Map<string, OpenAccount>()
  const starts = failedStarts()
  let seen = 0
  const accountOf = (key: string, line: Line, id: string) => {
    const known = open.get(key)
    if (known) return known
    const account = { ...openAccount(line, id), startError: starts.takeBefore(line)?.error }
    open.set(key, account)
    return account
  }
  return (line) => {
    if (line.requestId === undefined) {
      starts.note(line)
      return undefined
    }
    const key = requestKey(line)
    const account = accountOf(key, line, line.requestId)
    note(account, line)
    seen += 1
    if (seen % lookEach === 0) forgetBefore(open, line.event.timestamp - longestSilence)
    if (line.platform?.kind !== 'report') return undefined
    open.delete(key)
    return told(account)
  }
}

function forgetBefore(open: Map<string, OpenAccount>, time: number): void {
  for (const [key, { last }] of open) if (last < time) open.delete(key)
}

/**
 * The same lines, each time-out before the REPORT of its request: Lambda writes the line of a time-out last, and both come
 * in one batch.
 */
export function faultsFirst<Given extends Line>(lines: readonly Given[]): readonly Given[] {
  if (!lines.some(isFault)) return lines
  const reported = new Map<string, Given[]>()
  const isLater = (line: Given) => {
    if (line.requestId === undefined) return false
    const faults = reported.get(requestKey(line))
    if (line.platform?.kind === 'report') reported.set(requestKey(line), [])
    if (isFault(line)) faults?.push(line)
    return faults !== undefined && isFault(line)
  }
  const others = lines.filter((line) => !isLater(line))
  return others.flatMap((line) =>
    line.platform?.kind === 'report' ? [...(reported.get(requestKey(line)) ?? []), line] : [line],
  )
}

function isFault({ platform }: Line): boolean {
  return platform?.kind === 'fault'
}
