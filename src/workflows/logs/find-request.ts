import { LambdactlError } from '../../errors/error.ts'
import type { Line } from '../../logs/model/line.ts'
import { deniedError, type Notice } from './notice.ts'
import type { Tailing } from './patient-pages.ts'
import { type Tail, tailLogs } from './tail.ts'

/** A request, with the times of the first and the last line that name it; milliseconds since the epoch. */
export interface FoundRequest {
  id: string
  first: number
  last: number
}

/**
 * Finds the request whose id begins with a text. CloudWatch looks for the text, so that only few lines are read.
 *
 * @param prefix hexadecimal digits and hyphens
 * @param tell is given the notices of the search
 * @throws LambdactlError NOT_FOUND if no line names such a request, NOT_PERMITTED if a group could not be searched for it, USAGE that lists the ids if several do
 */
export async function findRequest(
  run: Tailing,
  tail: Omit<Tail, 'isFollowed'>,
  prefix: string,
  tell: (notice: Notice) => void,
): Promise<FoundRequest> {
  const found = new Map<string, FoundRequest>()
  let denied: (Notice & { notice: 'denied' }) | undefined
  const note = ({ requestId: id, event: { timestamp } }: Line) => {
    if (!id?.startsWith(prefix)) return
    const { first, last } = found.get(id) ?? { first: timestamp, last: timestamp }
    found.set(id, { id, first: Math.min(first, timestamp), last: Math.max(last, timestamp) })
  }
  const heard = (notice: Notice) => {
    if (notice.notice === 'denied') denied = notice
    tell(notice)
  }
  await tailLogs(
    run,
    { ...tail, pattern: `%${prefix}%`, isFollowed: false },
    { lines: async (lines) => lines.forEach(note), notice: heard },
  )
  const [request, ...others] = found.values()
  if (!request && denied) throw deniedError(denied)
  if (!request) {
    throw new LambdactlError('NOT_FOUND', `No line names a request whose id begins with ${prefix}.`, {
      next: ['Look further back with --since 7d.'],
    })
  }
  if (others.length > 0) {
    const ids = [request, ...others].map(({ id }) => id)
    throw new LambdactlError(
      'USAGE',
      `${ids.length} requests begin with ${prefix}: ${ids.slice(0, 10).join(', ')}.`,
      {
        next: ['Give more of the id.'],
      },
    )
  }
  return request
}
