import type { Diagnosis, Ways } from '../diagnosis.ts'
import { readOn, runtimeEnds, successorOf } from './runtime-ends.ts'

/** AWS writes to owners of functions so long before the end. */
const noticeMs = 180 * 86_400_000

/**
 * Checks that AWS still patches the runtime, and will for half a year.
 *
 * @param runtime empty for an image
 * @param now milliseconds since the epoch
 */
export function runtimeDiagnosis(runtime: string, now: number, { set }: Ways): Diagnosis {
  const title = 'runtime'
  const field = 'runtime'
  if (runtime === '')
    return { title, outcome: 'note', detail: 'not checked: an image has the runtime that was built into it' }
  const end = runtimeEnds[runtime]
  if (end === undefined)
    return { title, outcome: 'note', detail: `not checked: ${runtime} is not in AWS's table of ${readOn}` }
  const until = Date.parse(end)
  if (until - now > noticeMs)
    return { title, outcome: 'pass', detail: `AWS patches ${runtime} until ${end} (its table of ${readOn})` }
  const successor = successorOf(runtime)
  return {
    title,
    outcome: 'warn',
    detail: `AWS's support of ${runtime} ${until <= now ? 'ended' : 'ends'} on ${end} (its table of ${readOn})`,
    why: 'From that day on it gets no security patch; later Lambda refuses new functions, and then updates, with it.',
    field,
    ...(successor === undefined || successor === runtime ? {} : set({ runtime: successor })),
  }
}
