import type { RequestSummary } from '../../../src/logs/requests/summary.ts'
import { totalsOf } from '../../../src/logs/requests/totals.ts'
import { errorsText } from '../../../src/ui/logs/lists/errors.ts'
import { requestsText } from '../../../src/ui/logs/lists/requests.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import { minuteMs, type Screen, time } from './facts.ts'

const good: RequestSummary = {
  id: '8f2c1a90-1111-4222-8333-444455556666',
  version: '41',
  stream: 's',
  start: time + 123,
  status: 'ok',
  durationMs: 3.05,
  billedMs: 63,
  memoryMb: 320,
  maxMemoryMb: 52,
  initMs: 58.6,
  error: undefined,
  traceId: undefined,
}

const { initMs: _, ...warm } = good
const bad: RequestSummary = {
  ...warm,
  id: '00000000-aaaa-4bbb-8ccc-dddddddddddd',
  version: '42',
  start: time + 2345,
  status: 'error',
  durationMs: 1200,
  billedMs: 1200,
  maxMemoryMb: 310,
  error: 'TypeError: 支払いゲートウェイ said no to order 4711 of customer 17, and to all that came after it',
}
const requests = [
  good,
  bad,
  { ...bad, start: time + 9000, status: 'timeout' as const, attempt: 2, error: undefined },
]
const span = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  since: time - 60 * minuteMs,
  until: time,
}

const throttles = [
  { time: time - 20 * minuteMs, count: 1200 },
  { time, count: 40 },
]

/** Of the commands that read logs. */
export const logScreens: Readonly<Record<string, Screen>> = {
  'logs requests': (width) =>
    fitted(
      requestsText(
        { ...span, read: 1204, requests, totals: totalsOf(requests), throttles },
        { most: 50, isSlowFirst: false },
        width,
      ),
      width,
    ),
  'logs errors': (width) =>
    fitted(
      errorsText({
        ...span,
        version: undefined,
        throttles: throttles.slice(0, 1),
        versions: [
          { version: '41', requests: 1180, failed: 1 },
          { version: '42', requests: 24, failed: 12 },
        ],
        groups: [
          {
            kind: 'TypeError: 支払いゲートウェイ said no to order … of customer …, and to all that came after it',
            frame: 'charge (/var/task/src/payments/gateway.js:17)',
            count: 12,
            first: time - minuteMs,
            last: time,
            versions: [{ function: 'checkout', version: '42', count: 12 }],
            sample: {
              ...bad,
              lines: [
                { time, level: 'info', text: 'total computed' },
                {
                  time,
                  level: 'error',
                  text: bad.error ?? '',
                  stack: ['    at charge (file:///var/task/src/payments/gateway.js:17:9)'],
                },
              ],
              omitted: 0,
            },
          },
          {
            kind: 'Task timed out',
            frame: undefined,
            count: 1,
            first: time,
            last: time,
            versions: [
              { function: 'checkout', version: '41', count: 1 },
              { function: 'checkout', version: '42', count: 1 },
            ],
            sample: { ...good, status: 'timeout', lines: [], omitted: 0 },
          },
        ],
      }),
      width,
    ),
}
