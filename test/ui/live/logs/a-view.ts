import { lineReader } from '../../../../src/logs/lines/read-line.ts'
import type { ShownLine } from '../../../../src/logs/model/shown-line.ts'
import { type LogsView, newLogsView, type ViewedTail } from '../../../../src/ui/live/logs/model/logs-view.ts'
import { reduce } from '../../../../src/ui/live/logs/reduce.ts'

export const start = Date.parse('2026-11-27T03:40:55.120Z')

/** A request id that begins with a number's digits. */
export function requestId(number: number): string {
  return `${String(number).padStart(8, '0')}-1111-4222-8333-444455556666`
}

interface Asked {
  /** The handler's own logs; each is written as JSON. */
  logs?: readonly object[]
  failure?: string
  function?: string
  version?: string
  /** False while it runs. */
  hasEnded?: boolean
}

let events = 0

/** All lines of a request, a millisecond after the other; its number is its id and its second. */
export function request(number: number, asked: Asked = {}): ShownLine[] {
  const { logs = [{ level: 'INFO', message: 'total computed', total: 6 }], failure, hasEnded = true } = asked
  const { function: name = 'checkout', version = '4' } = asked
  const id = requestId(number)
  const read = lineReader((group) => group.replace('/aws/lambda/', ''))
  const thrown = {
    errorType: 'TypeError',
    errorMessage: failure,
    stack: [
      `TypeError: ${failure}`,
      '    at charge (file:///var/task/src/pay.mjs:3:9)',
      '    at pay (/var/task/node_modules/gateway/index.js:1:1)',
      '    at handler (file:///var/task/src/index.mjs:9:2)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ],
  }
  const figures = `Duration: 3.05 ms\tBilled Duration: 4 ms\tMemory Size: 320 MB\tMax Memory Used: 52 MB`
  const messages = [
    `START RequestId: ${id} Version: ${version}`,
    ...logs.map((log) => JSON.stringify({ requestId: id, ...log })),
    ...(failure === undefined
      ? []
      : [`2026-11-27T03:40:55.121Z\t${id}\tERROR\tInvoke Error \t${JSON.stringify(thrown)}`]),
    ...(hasEnded
      ? [`END RequestId: ${id}`, `REPORT RequestId: ${id}\t${figures}\tInit Duration: 58.91 ms\t`]
      : []),
  ]
  return messages.map((message, index) => {
    events += 1
    const timestamp = start + 1000 * number + index
    const place = { group: `/aws/lambda/${name}`, stream: `2026/11/27/[${version}]0a1b${number}` }
    return read({ ...place, id: `${events}`, timestamp, ingested: timestamp + 200, message })
  })
}

/** A line that belongs to no request. */
export function loose(message: string, second = 0): ShownLine {
  events += 1
  const timestamp = start + 1000 * second
  const place = { group: '/aws/lambda/checkout', stream: 'worker' }
  const read = lineReader((group) => group.replace('/aws/lambda/', ''))
  return read({ ...place, id: `${events}`, timestamp, ingested: timestamp, message })
}

/** A tail of which no line is left out, without secrets. */
export const wholeTail: ViewedTail = { isFiltered: false, functions: [], safe: (text) => text }

/** A view after batches of lines, one each second. */
export function viewOf(
  batches: readonly (readonly ShownLine[])[],
  size = { columns: 80, rows: 14 },
  tail: ViewedTail = wholeTail,
): LogsView {
  return batches.reduce<LogsView>(
    (view, lines, index) => reduce(view, { is: 'lines', lines, at: start + 1000 * index }),
    newLogsView(size, tail),
  )
}

/** A view after keys, by their names or characters. */
export function press(view: LogsView, ...keys: readonly string[]): LogsView {
  return keys.reduce((next, key) => reduce(next, { is: 'key', key }), view)
}
