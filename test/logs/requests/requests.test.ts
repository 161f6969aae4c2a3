import { describe, expect, test } from 'vitest'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { collectRequests } from '../../../src/logs/requests/collect.ts'
import { groupErrors } from '../../../src/logs/requests/fingerprint.ts'
import { percentile } from '../../../src/logs/requests/percentile.ts'
import { event, id, other, time } from '../lines/reading.ts'

const start = (request = id) => `START RequestId: ${request} Version: 7`
const end = (request = id) => `END RequestId: ${request}`
const report = (request = id, more = '') =>
  `REPORT RequestId: ${request}\tDuration: 3.05 ms\tBilled Duration: 63 ms\tMemory Size: 320 MB\tMax Memory Used: 52 MB\t${more}`
const error = (message: string, line = 3) =>
  `${time}\t${id}\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TypeError', errorMessage: message, stack: [`TypeError: ${message}`, `    at charge (file:///var/task/pay.mjs:${line}:9)`, '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1:29)'] })}`

type Told = readonly [message: string, timestamp?: number, stream?: string]

function collected(...told: Told[]) {
  const toLine = lineReader(() => 'shop')
  const requests = collectRequests()
  for (const [at, [message, timestamp = at, stream = '2026/11/27/[7]0a']] of told.entries()) {
    requests.add(toLine(event(message, { timestamp, stream })))
  }
  return requests
}

const texts = (lines: readonly { text: string }[]) => lines.map(({ text }) => text)

test('a request has its lines without those of Lambda, its figures and its version', () => {
  const [request, ...others] = collected(['before'], [start()], ['hello'], [end()], [report()]).all()
  expect(others).toEqual([])
  expect(request).toMatchObject({
    id,
    function: 'shop',
    version: '7',
    start: 1,
    status: 'ok',
    report: { durationMs: 3.05 },
  })
  expect(texts(request?.lines ?? [])).toEqual(['hello'])
})

test('a late line goes where it belongs', () => {
  const [request] = collected([start(), 0], ['one', 1], [report(), 9], ['half', 0.5]).all()
  expect(texts(request?.lines ?? [])).toEqual(['half', 'one'])
})

test('the requests of two environments keep apart, also two tries of one event', () => {
  const told = collected(
    [start(), 0, 'a'],
    [start(other), 1, 'b'],
    ['hello', 2, 'a'],
    [start(), 9, 'c'],
  ).all()
  expect(told.map(({ id: each, stream }) => [each, stream])).toEqual([
    [id, 'a'],
    [other, 'b'],
    [id, 'c'],
  ])
})

describe('a request is', () => {
  test.each<[status: string, error: string | undefined, told: Told[]]>([
    ['running', undefined, [[start()], ['hello']]],
    ['ok', undefined, [[start()], [`${time}\t${id}\tERROR\tlogged, and answered well`], [report()]]],
    ['error', 'TypeError: no', [[start()], [error('no')], [report()]]],
    [
      'timeout',
      'Task timed out after 3.00 seconds',
      [[start()], [`${time} ${id} Task timed out after 3.00 seconds`], [report(id, 'Status: timeout')]],
    ],
    ['out-of-memory', undefined, [[start()], [report(id, 'Status: error\tError Type: Runtime.OutOfMemory')]]],
    [
      'exit',
      'Error: Runtime exited with error: exit status 1',
      [
        [start()],
        [`RequestId: ${id} Error: Runtime exited with error: exit status 1\nRuntime.ExitError`],
        [report(id, 'Status: error\tError Type: Runtime.ExitError')],
      ],
    ],
  ])('%s: %s', (status, message, told) => {
    const [request] = collected(...told).all()
    expect(request?.status).toBe(status)
    expect(request?.error?.text).toBe(message)
  })
})

test('requests without news are forgotten, so that memory is bounded', () => {
  const requests = collected([start(), 0, 'a'], [start(other), 50, 'b'])
  requests.forgetBefore(10)
  expect(requests.all().map(({ id: each }) => each)).toEqual([other])
})

test('a request that never ends keeps its first lines, and counts the rest', () => {
  const told = Array.from({ length: 2500 }, (_, at): Told => [`line ${at}`])
  const [request] = collected([start()], ...told).all()
  expect(request?.lines).toHaveLength(2000)
  expect(request?.omitted).toBe(500)
})

describe('failures are grouped', () => {
  function failures(...failed: [message: string, line?: number, version?: string][]) {
    const told = failed.flatMap(([message, line, version = '7'], at): Told[] => {
      const stream = `2026/11/27/[${version}]${at.toString(16)}`
      return [
        [start(), at * 10, stream],
        [error(message, line), at * 10 + 1, stream],
        [report(), at * 10 + 2, stream],
      ]
    })
    return groupErrors(collected(...told).all())
  }

  test('without the numbers and ids in their messages', () => {
    const [group, ...others] = failures(['no order 17'], ['no order 4711'], [`no order ${other}`])
    expect(others).toEqual([])
    expect(group).toMatchObject({
      kind: 'TypeError: no order …',
      count: 3,
      first: 0,
      last: 20,
      frame: 'charge (/var/task/pay.mjs:3)',
    })
  })

  test('apart by message and by own frame, the largest first', () => {
    expect(
      failures(['no stock'], ['no money', 3], ['no money', 9], ['no money', 9]).map(({ kind, count }) => [
        kind,
        count,
      ]),
    ).toEqual([
      ['TypeError: no money', 2],
      ['TypeError: no money', 1],
      ['TypeError: no stock', 1],
    ])
  })

  test('with how many are of each version, and the newest as the sample', () => {
    const [group] = failures(['no', 3, '6'], ['no', 3, '7'], ['no', 3, '7'])
    expect(group?.versions).toEqual([
      { function: 'shop', version: '7', count: 2 },
      { function: 'shop', version: '6', count: 1 },
    ])
    expect(group?.sample.start).toBe(20)
  })

  test('and requests that went well are none', () => {
    expect(groupErrors(collected([start()], [report()]).all())).toEqual([])
  })
})

test('percentiles are by the nearest rank', () => {
  expect(percentile([], 0.5)).toBeUndefined()
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2)
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4)
})
