import { Line } from './line.ts'
import type { Entry } from './message.ts'
import type { Order } from './order.ts'

/** The order of a standard queue: a message that becomes visible again goes to the end. */
export function standardOrder(): Order {
  const line = new Line<{ entry: Entry; turn: number }>()
  const add = (entry: Entry) => {
    if (entry.state === 'ready') line.push({ entry, turn: entry.turn })
  }
  const next = (): Entry | undefined => {
    for (let first = line.shift(); first; first = line.shift()) {
      if (first.entry.turn === first.turn) return first.entry
    }
    return undefined
  }
  return { arrived: add, changed: add, begin: () => next }
}
