import type { Request } from '../../../logs/model/request.ts'
import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { collectRequests, type Requests } from '../../../logs/requests/collect.ts'
import { type FailedStarts, failedStarts } from '../../../logs/requests/failed-starts.ts'
import { requestKey } from '../../../logs/requests/request-key.ts'
import { isShown } from '../is-shown.ts'

/** Lines that are shown together: those of one request, or a line of none. */
export interface Part {
  lines: readonly ShownLine[]
  /** The line that came last, also where it is not among `lines`. */
  last: ShownLine
  /** As it is with these lines. */
  request: Request | undefined
  /** The request ends with these lines. */
  hasEnded: boolean
  /** Earlier lines of the request were given before. */
  goesOn: boolean
}

/** Puts the lines of a request together, for as long as nobody waits for them. */
export interface Blocks {
  add(line: ShownLine, now: number): void
  /** The parts whose time has come: of requests that ended, or that have waited long enough. */
  take(now: number): Part[]
  /** All that is held. */
  end(): Part[]
}

interface Open extends Part {
  lines: ShownLine[]
  requests: Requests
  /** When the first of the lines came. */
  since: number
  /** When its last line came. */
  heard: number
}

/** Longer than the longest request: one that has said nothing for so long has ended without a word. */
const forgottenAfterMs = 20 * 60_000

/**
 * A request that ends within `holdMs` is one part, with what Lambda tells of it in the same batch after its REPORT. The lines of
 * a longer one are given in parts, so that no line waits longer.
 */
export function requestBlocks(holdMs: number): Blocks {
  const open = new Map<string, Open>()
  const starts = failedStarts()
  let alone = 0
  const given = (isDue: (block: Open) => boolean, now: number): Part[] => {
    const parts: Part[] = []
    for (const [key, block] of open) {
      if (block.hasEnded || !block.request || block.heard < now - forgottenAfterMs) open.delete(key)
      if (!block.hasEnded && (block.lines.length === 0 || !isDue(block))) continue
      parts.push({ ...block })
      block.lines = []
      block.goesOn = true
    }
    return parts
  }
  return {
    add(line, now) {
      const { requestId } = line
      if (requestId === undefined && !isShown(line)) {
        starts.note(line)
        return
      }
      const key = requestId === undefined ? `${(alone += 1)}` : requestKey(line)
      const block = open.get(key) ?? begun(line, starts, now)
      if (block.lines.length === 0) {
        // It goes behind the requests whose lines wait already.
        open.delete(key)
        open.set(key, block)
        block.since = now
      }
      note(block, line, now)
    },
    take: (now) => given(({ request, since }) => !request || since + holdMs <= now, now),
    end: () => given(() => true, 0),
  }
}

function begun(line: ShownLine, starts: FailedStarts, now: number): Open {
  return {
    lines: [],
    requests: collectRequests(starts),
    request: undefined,
    hasEnded: false,
    goesOn: false,
    since: now,
    last: line,
    heard: now,
  }
}

function note(block: Open, line: ShownLine, now: number): void {
  const { platform, event } = line
  block.request = block.requests.add(line)
  block.last = line
  block.heard = now
  if (platform?.kind === 'report') block.hasEnded = true
  if (!isShown(line)) return
  const { lines } = block
  const after = lines.findLastIndex((each) => each.event.timestamp <= event.timestamp)
  lines.splice(after + 1, 0, line)
}
