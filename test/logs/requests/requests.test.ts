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
const error = (message: string, place = 'charge (file:///var/task/pay.mjs:3:9)') =>
  `${time}\t${id}\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TypeError', errorMessage: message, stack: [`TypeError: ${message}`, `    at ${place}`, '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1:29)'] })}`

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

describe('a request is settled', () => {
  const ids = (requests: readonly { id: string }[]) => requests.map(({ id: each }) => each)
  const failed = (timestamp: number): Told => [
    `${time} ${id} Task timed out after 3.00 seconds`,
    timestamp,
    'a',
  ]

  test('when it has ended and was quiet for 10 s, so that Lambda can still tell of a time-out', () => {
    const requests = collected([start(), 0, 'a'], [start(other), 0, 'b'], [report(), 100, 'a'])
    expect(requests.takeSettled(10_100)).toEqual([])
    expect(ids(requests.takeSettled(10_101))).toEqual([id])
    expect(ids(requests.all())).toEqual([other])
  })

  test('when it can run no more', () => {
    expect(ids(collected([start(), 0]).takeSettled(16 * 60_000 + 1))).toEqual([id])
  })

  test('and a late line brings it back only with a failure that was not known', () => {
    const toLine = lineReader(() => 'shop')
    const told = [
      [start(), 0, 'a'],
      [report(), 1, 'a'],
    ] as const
    const requests = collected(...told)
    const add = ([message, timestamp = 0, stream = 'a']: Told) =>
      requests.add(toLine(event(message, { timestamp, stream })))
    requests.takeSettled(20_000)
    expect(add([`${time}\t${id}\tINFO\tlate`, 2])).toBeUndefined()
    expect(add(failed(3))?.status).toBe('timeout')
    requests.takeSettled(Number.POSITIVE_INFINITY)
  })
})

test('a request that never ends keeps its first lines, and counts the rest', () => {
  const told = Array.from({ length: 2500 }, (_, at): Told => [`line ${at}`])
  const [request] = collected([start()], ...told).all()
  expect(request?.lines).toHaveLength(2000)
  expect(request?.omitted).toBe(500)
})

describe('failures are grouped', () => {
  function grouped(...told: Told[]) {
    const groups = groupErrors()
    for (const request of collected(...told).all()) groups.add(request)
    return groups.all()
  }

  function failures(...failed: [message: string, version?: string, place?: string][]) {
    const told = failed.flatMap(([message, version = '7', place], at): Told[] => {
      const stream = `2026/11/27/[${version}]${at.toString(16)}`
      return [
        [start(), at * 10, stream],
        [error(message, place), at * 10 + 1, stream],
        [report(), at * 10 + 2, stream],
      ]
    })
    return grouped(...told)
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

  test('apart by message and by own function, the largest first', () => {
    const refund = 'refund (file:///var/task/pay.mjs:3:9)'
    expect(
      failures(['no stock'], ['no money'], ['no money', '7', refund], ['no money', '7', refund]).map(
        ({ kind, frame, count }) => [kind, frame, count],
      ),
    ).toEqual([
      ['TypeError: no money', 'refund (/var/task/pay.mjs:3)', 2],
      ['TypeError: no money', 'charge (/var/task/pay.mjs:3)', 1],
      ['TypeError: no stock', 'charge (/var/task/pay.mjs:3)', 1],
    ])
  })

  test('together where only the line differs, as from version to version', () => {
    const later = 'charge (file:///var/task/pay.mjs:12:9)'
    expect(failures(['no money', '6'], ['no money', '7', later])).toHaveLength(1)
  })

  test('with how many are of each version, and the newest as the sample', () => {
    const [group] = failures(['no', '6'], ['no', '7'], ['no', '7'])
    expect(group?.versions).toEqual([
      { function: 'shop', version: '7', count: 2 },
      { function: 'shop', version: '6', count: 1 },
    ])
    expect(group?.sample.start).toBe(20)
  })

  test('and requests that went well are none', () => {
    expect(grouped([start()], [report()])).toEqual([])
  })
})

test('percentiles are by the nearest rank', () => {
  expect(percentile([], 0.5)).toBeUndefined()
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2)
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4)
})

describe('a start that failed', () => {
  const why = `${time}\tundefined\tERROR\tUncaught Exception \t${JSON.stringify({ errorType: 'Error', errorMessage: 'no database', stack: ['Error: no database'] })}`
  const init = 'INIT_REPORT Init Duration: 61 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown'
  const failed = report(id, 'Status: error\tError Type: Runtime.Unknown')

  test('tells why the request behind it failed', () => {
    const requests = collected(['init says hi'], [why], [init], [start()], [end()], [failed])
    const [request] = requests.all()
    expect(request).toMatchObject({ status: 'init-failed', start: 3, error: { text: 'Error: no database' } })
    expect(texts(request?.lines ?? [])).toEqual(['init says hi', 'Error: no database'])
  })

  test('is no failure of a request that ends well, nor of another environment', () => {
    const [well] = collected([why], [init], [start()], [end()], [report()]).all()
    expect(well?.status).toBe('ok')
    const [elsewhere] = collected([why, 0, 'a'], [init, 1, 'a'], [start(), 2, 'b'], [failed, 3, 'b']).all()
    expect(elsewhere).toMatchObject({ status: 'error', error: undefined })
  })

  test("gives way to the request's own error", () => {
    const [request] = collected([why], [init], [start()], [error('no price')], [failed]).all()
    expect(request).toMatchObject({ status: 'error', error: { text: 'TypeError: no price' } })
  })
})
