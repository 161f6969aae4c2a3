import type { Line } from '../model/line.ts'
import { failureOf } from './failure.ts'
import { requestKey } from './request-key.ts'

/** Chooses lines by the request that they are of. */
export interface LineChoice {
  /** The chosen lines among these, and those of before that they make chosen. */
  take<Given extends Line>(lines: readonly Given[]): Given[]
}

/**
 * A request of which it is not known yet whether it fails, or that has failed; or the start of an environment, whose
 * lines are of no request.
 */
interface Held {
  /** Its stream and function. */
  environment: string
  lines: Line[]
  hasFailed: boolean
  last: number
}

/** A request without news for this long is forgotten; milliseconds. Lambda ends requests after 15 minutes. */
const longestMs = 20 * 60_000
/** The lines that are held of all requests together; beyond it those of the quietest request are dropped. */
const mostHeld = 50_000
/** The newest lines that are held of the start of an environment. */
const mostOfStart = 200

/**
 * Chooses failed requests whole: their lines are held until the request fails, and dropped when its environment goes on
 * after it ended well. The start of an environment is chosen in the same way: it ends well if a request follows.
 */
export function failedRequests(): LineChoice {
  const requests = new Map<string, Held>()
  /** The request of each environment that ended well so far. */
  const ended = new Map<string, string>()
  let held = 0
  const drop = (key: string, { lines, environment }: Held) => {
    held -= lines.length
    requests.delete(key)
    if (ended.get(environment) === key) ended.delete(environment)
  }
  const tidy = (now: number) => {
    for (const [key, request] of requests) {
      if (request.last >= now - longestMs && held <= mostHeld) return
      drop(key, request)
    }
  }
  const takeOne = (line: Line): Line[] => {
    const environment = `${line.event.stream} ${line.function}`
    const key = line.requestId === undefined ? ` ${environment}` : requestKey(line)
    const begun = line.requestId === undefined ? undefined : requests.get(` ${environment}`)
    if (begun) drop(` ${environment}`, begun)
    const before = ended.get(environment)
    const over = before === undefined || before === key ? undefined : requests.get(before)
    if (before !== undefined && over) drop(before, over)
    const request = requests.get(key) ?? { environment, lines: [], hasFailed: false, last: 0 }
    request.last = Math.max(request.last, line.event.timestamp)
    // The request with the latest news comes last.
    requests.delete(key)
    requests.set(key, request)
    if (request.hasFailed) return [line]
    request.lines.push(line)
    held += 1
    if (line.requestId === undefined && request.lines.length > mostOfStart) {
      request.lines.shift()
      held -= 1
    }
    if (failureOf(line)) {
      const { lines } = request
      held -= lines.length
      request.lines = []
      request.hasFailed = line.requestId !== undefined
      return lines
    }
    // The line of a time-out may come behind the REPORT.
    if (line.platform?.kind === 'report') ended.set(environment, key)
    return []
  }
  return {
    take<Given extends Line>(lines: readonly Given[]) {
      const taken = lines.flatMap(takeOne)
      tidy(lines.at(-1)?.event.timestamp ?? 0)
      // Only lines that were given are taken.
      return taken as Given[]
    },
  }
}

/** Chooses the lines of one request, over all its environments. */
export function oneRequest(id: string): LineChoice {
  return { take: (lines) => lines.filter(({ requestId }) => requestId === id) }
}
