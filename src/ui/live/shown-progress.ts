import type { Progress } from '../lines/progress.ts'

/** The rows that fit, and a line about the others if there are any. */
export interface ShownProgress {
  rows: readonly Progress[]
  rest: string | undefined
}

/** The order of rows if not all fit, and of the counts for the others. */
const order: readonly Progress['is'][] = ['failed', 'working', 'baking', 'waiting', 'done']

/**
 * Chooses the rows that a person most wants to see; they keep their order.
 *
 * @param room in lines, one of which is for the others
 */
export function shownProgress(all: readonly Progress[], room: number): ShownProgress {
  if (all.length <= room) return { rows: all, rest: undefined }
  const first = all.toSorted((a, b) => order.indexOf(a.is) - order.indexOf(b.is))
  const rows = new Set(first.slice(0, Math.max(0, room - 1)))
  return { rows: all.filter((one) => rows.has(one)), rest: restText(all.filter((one) => !rows.has(one))) }
}

/** `… and 14 more: 10 waiting, 4 done`. */
function restText(others: readonly Progress[]): string {
  const counts = order.flatMap((is) => {
    const amount = others.filter((one) => one.is === is).length
    return amount > 0 ? [`${amount} ${is}`] : []
  })
  return `… and ${others.length} more: ${counts.join(', ')}`
}
