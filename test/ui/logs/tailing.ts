import { lineReader } from '../../../src/logs/lines/read-line.ts'
import type { ShownLine } from '../../../src/logs/model/shown-line.ts'
import { lineWriter, type Output } from '../../../src/ui/logs/line-writer.ts'
import type { Writing } from '../../../src/ui/logs/writing.ts'

export const id = '8f2c1a90-1111-4222-8333-444455556666'
export const otherId = '00000000-aaaa-4bbb-8ccc-dddddddddddd'
export const start = Date.parse('2026-11-27T03:40:55.120Z')

const writing: Writing = {
  fields: undefined,
  namesFunctions: false,
  isFiltered: false,
  width: Number.POSITIVE_INFINITY,
  mask: (text) => text,
  json: JSON.stringify,
}

/** A writer, of which a test says what differs from the usual. */
export function writer(output: Output, given: Partial<Writing> = {}) {
  return lineWriter(output, { ...writing, ...given })
}

interface Given extends Partial<ShownLine> {
  /** The stream of another environment. */
  environment?: string
  at?: number
}

/** Messages as a tail gives their lines, a millisecond after the other. */
export function linesOf(messages: readonly (string | [message: string, given: Given])[]): ShownLine[] {
  const read = lineReader((group) => group.replace('/aws/lambda/', ''))
  return messages.map((each, index) => {
    const [message, { environment = '0a1b', at, ...given }] = typeof each === 'string' ? [each, {}] : each
    const name = given.function ?? 'shop'
    const timestamp = at ?? start + index
    const place = {
      group: `/aws/lambda/${name}`,
      stream: `2026/11/27/[${given.version ?? '7'}]${environment}`,
    }
    return { ...read({ ...place, id: `${index}`, timestamp, ingested: timestamp, message }), ...given }
  })
}

/** The messages of Lambda and of a handler in a request that fails at a cold start. */
export const failed = [
  'INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn:aws:lambda:x',
  `START RequestId: ${id} Version: 7`,
  JSON.stringify({
    timestamp: '2026-11-27T03:40:55.120Z',
    level: 'WARN',
    requestId: id,
    message: 'total computed',
    total: 6,
  }),
  `2026-11-27T03:40:55.121Z\t${id}\tERROR\tInvoke Error \t${JSON.stringify({
    errorType: 'TypeError',
    errorMessage: 'payment gateway said no',
    stack: [
      'TypeError: payment gateway said no',
      '    at charge (file:///var/task/src/pay.js:3:4)',
      '    at pay (/var/task/node_modules/gateway/index.js:1:1)',
      '    at handler (file:///var/task/src/index.js:9:2)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    ],
  })}`,
  `END RequestId: ${id}`,
  `REPORT RequestId: ${id}\tDuration: 3.05 ms\tBilled Duration: 63 ms\tMemory Size: 320 MB\tMax Memory Used: 52 MB\tInit Duration: 58.91 ms\t`,
]

/** A request that writes the given lines and ends well. */
export function fine(requestId: string, messages: readonly string[] = []) {
  return [
    `START RequestId: ${requestId} Version: 7`,
    ...messages.map((message) => `2026-11-27T03:40:55.121Z\t${requestId}\tINFO\t${message}`),
    `END RequestId: ${requestId}`,
    `REPORT RequestId: ${requestId}\tDuration: 2.10 ms\tBilled Duration: 3 ms\tMemory Size: 320 MB\tMax Memory Used: 50 MB\t`,
  ]
}
