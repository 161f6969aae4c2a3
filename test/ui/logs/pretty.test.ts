import { expect, test, vi } from 'vitest'
import { failed, fine, id, linesOf, otherId, start, writer } from './tailing.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const day = '2026-11-27, times in UTC\n'

test('a request is its lines, then what became of it', () => {
  expect(writer('pretty').lines(linesOf([...failed, ...fine(otherId, ['hello'])]), 0)).toBe(`${day}\
03:40:55 WARN total computed total=6
03:40:55 ERROR TypeError: payment gateway said no
           at charge (src/pay.js:3:4)
           at handler (src/index.js:9:2)
           … 2 more
03:40:55 ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no  v7 8f2c1a90
03:40:55 INFO hello
03:40:55 ✔ 2 ms 50/320 MB  v7 00000000
`)
})

test('a request whose environment could not start ends with the error of the start', () => {
  const lines = linesOf([
    '2026-11-27T03:40:55.120Z\tundefined\tERROR\tUncaught Exception \t{"errorType":"Error","errorMessage":"no table"}',
    'INIT_REPORT Init Duration: 61 ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown',
    ...fine(id).slice(0, 1),
    `REPORT RequestId: ${id}\tDuration: 3.05 ms\tBilled Duration: 63 ms\tMemory Size: 320 MB\tMax Memory Used: 52 MB\tStatus: error\tError Type: Runtime.Unknown`,
  ])
  expect(writer('pretty').lines(lines, 0)).toContain(
    '✖ 3 ms 52/320 MB the initialisation failed: Error: no table  v7 8f2c1a90',
  )
})

test.each([
  [
    60,
    `\
shop 2026-11-27, times in UTC
shop 03:40:55 WARN total computed total=6
shop 03:40:55 ERROR TypeError: payment gateway said no
shop            at charge (src/pay.js:3:4)
shop            at handler (src/index.js:9:2)
shop            … 2 more
shop 03:40:55 ✖ 3 ms cold +59 ms 52/320 MB TypeError:
shop          payment gateway said no  v7 8f2c1a90
`,
  ],
  [
    40,
    `\
shop 2026-11-27, times in UTC
shop 03:40:55 WARN total computed
shop          total=6
shop 03:40:55 ERROR TypeError: payment
shop          gateway said no
shop            at charge (src/pay.js:3:4)
shop            at handler (src/index.js:9:2)
shop            … 2 more
shop 03:40:55 ✖ 3 ms cold +59 ms
shop          52/320 MB TypeError:
shop          payment gateway said no
shop          v7 8f2c1a90
`,
  ],
])('rows end at column %i, and go on below their text', (width, text) => {
  expect(writer('pretty', { width, namesFunctions: true }).lines(linesOf(failed), 0)).toBe(text)
})

test('requests that run at the same time are told apart', () => {
  const [one, other] = [fine(id, ['one', 'two']), fine(otherId, ['other'])]
  const mixed = linesOf([
    ...one.slice(0, 2),
    ...other.map((message): [string, object] => [message, { environment: 'ff' }]),
    ...one.slice(2),
  ])
  expect(writer('pretty').lines(mixed, 0)).toBe(`${day}\
03:40:55 INFO one
03:40:55 INFO two
03:40:55 ✔ 2 ms 50/320 MB  v7 8f2c1a90
03:40:55 INFO other
03:40:55 ✔ 2 ms 50/320 MB  v7 00000000
`)
})

test('no line waits for more than a second, and a request that goes on after others says so', () => {
  const pretty = writer('pretty')
  const one = linesOf(fine(id, ['one', 'two']))
  const other = linesOf(fine(otherId, ['other']).map((message) => [message, { environment: 'ff' }]))
  expect(pretty.lines(one.slice(0, 2), 0)).toBe('')
  expect(pretty.lines([], 999)).toBe('')
  expect(pretty.lines([], 1000)).toBe(`${day}⋯ v7 8f2c1a90\n03:40:55 INFO one\n`)
  expect(pretty.lines(other, 1001)).toBe('03:40:55 INFO other\n03:40:55 ✔ 2 ms 50/320 MB  v7 00000000\n')
  expect(pretty.lines(one.slice(2), 1002)).toBe(
    '⋯ v7 8f2c1a90\n03:40:55 INFO two\n03:40:55 ✔ 2 ms 50/320 MB  v7 8f2c1a90\n',
  )
})

test('the end gives what is held', () => {
  const pretty = writer('pretty')
  pretty.lines(linesOf(fine(id, ['one']).slice(0, 2)), 0)
  expect(pretty.end()).toBe(`${day}⋯ v7 8f2c1a90\n03:40:55 INFO one\n`)
  expect(pretty.end()).toBe('')
})

test('a late line stands where it belongs, marked', () => {
  const [began = '', said = '', ...ended] = fine(id, ['late'])
  const lines = linesOf([began, ...ended.slice(0, 1), [said, { at: start, lateMs: 3200 }], ...ended.slice(1)])
  expect(writer('pretty').lines(lines, 0)).toContain('03:40:55 INFO late late +3.2s\n03:40:55 ✔')
})

test.each([
  [
    'a time-out',
    [`2026-11-27T03:40:58.120Z ${id} Task timed out after 3.00 seconds`],
    'Duration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\tStatus: timeout',
    '✖ 3,000 ms 60/128 MB Task timed out after 3.00 seconds',
  ],
  [
    'out of memory',
    [`RequestId: ${id} Error: Runtime exited with error: signal: killed`],
    'Duration: 90.00 ms\tBilled Duration: 90 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError',
    '✖ 90 ms 128/128 MB out of memory: Error: Runtime exited with error: signal: killed',
  ],
  [
    'a restored snapshot',
    [],
    'Duration: 0.20 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\tRestore Duration: 120.40 ms',
    '✔ 1 ms restored +120 ms 60/128 MB',
  ],
  ['minutes', [], 'Duration: 754321.00 ms\tBilled Duration: 754321 ms', '✔ 754.3 s'],
])('the closing row tells %s', (_, said, figures, text) => {
  const messages = [
    `START RequestId: ${id} Version: 7`,
    ...said,
    `END RequestId: ${id}`,
    `REPORT RequestId: ${id}\t${figures}`,
  ]
  const [row] = writer('pretty').lines(linesOf(messages), 0).split('\n').slice(1)
  expect(row).toBe(`03:40:5${row?.[7]} ${text}  v7 8f2c1a90`)
})

test('a filter leaves lines, each with its request', () => {
  const lines = linesOf([failed[2] ?? ''])
  expect(writer('pretty', { isFiltered: true }).lines(lines, 0)).toBe(
    `${day}03:40:55 WARN total computed total=6  v7 8f2c1a90\n`,
  )
})

test('chosen fields alone, and the closing row', () => {
  const fields = ['time', 'level', 'msg', 'total', 'orderId']
  expect(
    writer('pretty', { fields }).lines(linesOf([...failed.slice(0, 3), ...failed.slice(4)]), 0),
  ).toBe(`${day}\
03:40:55.122 WARN total computed 6 -
03:40:55 ✔ 3 ms cold +59 ms 52/320 MB  v7 8f2c1a90
`)
})

test('both versions of a canary, each with its counts', () => {
  const pretty = writer('pretty')
  const request = (requestId: string, role: 'stable' | 'candidate', version: string) =>
    linesOf(fine(requestId).map((message) => [message, { role, version }]))
  pretty.lines([], 1)
  pretty.lines(request(id, 'stable', '7'), 1)
  expect(pretty.lines(request(otherId, 'candidate', '8'), 2)).toBe(
    'candidate v8 03:40:55 ✔ 2 ms 50/320 MB  v8 00000000\n',
  )
  const counts =
    'stable v7: 1 request, 0 errors (0.0%), p50 2 ms · candidate v8: 1 request, 0 errors (0.0%), p50 2 ms\n'
  expect(pretty.lines([], 20_000)).toBe(counts)
  expect(pretty.lines([], 40_000)).toBe('')
  expect(pretty.end()).toBe(counts)
})

test('a request in a thousand pieces, and text that a terminal would obey', () => {
  const hostile = `a\u001b]0;owned\u0007b\u001b[2Jc\u202e ${'x'.repeat(300_000)}`
  const text = writer('pretty').lines(linesOf([...fine(id, [hostile])]), 0)
  expect(text).toContain(`INFO abc ${'x'.repeat(3996)}… 296.0 kB more (--output raw has all)\n`)
})
