import { expect, test, vi } from 'vitest'
import { failed, fine, id, linesOf, otherId, writer } from './tailing.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1').stubEnv('CI', 'true'))

const lines = () => linesOf([...failed, ...fine(otherId, ['hello there'])])

test('plain: one line an event, which says all, without colours', () => {
  expect(writer('plain').lines(lines(), 0)).toBe(`\
2026-11-27 03:40:55.122Z v7 8f2c1a90 WARN total computed total=6
2026-11-27 03:40:55.123Z v7 8f2c1a90 ERROR TypeError: payment gateway said no
      at charge (file:///var/task/src/pay.js:3:4)
      at pay (/var/task/node_modules/gateway/index.js:1:1)
      at handler (file:///var/task/src/index.js:9:2)
      at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
2026-11-27 03:40:55.125Z v7 8f2c1a90 REPORT error 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no
2026-11-27 03:40:55.127Z v7 00000000 INFO hello there
2026-11-27 03:40:55.129Z v7 00000000 REPORT ok 2 ms 50/320 MB
`)
})

test('plain, logfmt, ndjson: a time-out that Lambda writes behind the REPORT is told before it, and with it', () => {
  const messages = [
    `START RequestId: ${id} Version: 7`,
    `REPORT RequestId: ${id}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t`,
    ...fine(otherId),
    `2026-11-27T03:40:58.120Z ${id} Task timed out after 3.00 seconds`,
  ]
  const textOf = (output: 'plain' | 'logfmt' | 'ndjson') => writer(output).lines(linesOf(messages), 0)
  expect(textOf('plain')).toBe(`\
2026-11-27 03:40:55.125Z v7 8f2c1a90 ERROR Task timed out after 3.00 seconds
2026-11-27 03:40:55.121Z v7 8f2c1a90 REPORT timeout 3,000 ms 60/128 MB Task timed out after 3.00 seconds
2026-11-27 03:40:55.124Z v7 00000000 REPORT ok 2 ms 50/320 MB
`)
  expect(textOf('logfmt')).toContain('msg=REPORT status=timeout')
  expect(textOf('ndjson')).toContain(
    '"event":"request","time":"2026-11-27T03:40:55.120Z","requestId":"8f2c1a90-1111-4222-8333-444455556666","function":"shop","version":"7","status":"timeout"',
  )
})

test('the end of an attempt tells its number', () => {
  const ended = linesOf(fine(id)).map((line) => ({ ...line, attempt: 2 }))
  expect(writer('plain').lines(ended, 0)).toContain('REPORT ok 2 ms 50/320 MB attempt 2\n')
  expect(writer('logfmt').lines(ended, 0)).toContain(' status=ok attempt=2 ')
  expect(writer('ndjson').lines(ended, 0)).toMatch(/"event":"request".*"attempt":2/)
})

test('plain: names of functions and parts of a canary', () => {
  const [line] = linesOf([['hi', { role: 'candidate', version: '8' }]])
  expect(writer('plain', { namesFunctions: true }).lines(line ? [line] : [], 0)).toBe(
    '2026-11-27 03:40:55.120Z shop candidate v8 - - hi\n',
  )
})

test('plain: chosen fields stand between tabs', () => {
  const fields = ['time', 'level', 'total', 'nothing', 'msg']
  expect(writer('plain', { fields }).lines(linesOf(failed.slice(0, 3)), 0)).toBe(
    '2026-11-27 03:40:55.122Z\twarn\t6\t-\ttotal computed\n',
  )
})

test('raw: messages as they are, without control sequences', () => {
  const messages = [...failed, 'a\u001b[31mb\u0007\n']
  expect(writer('raw').lines(linesOf(messages), 0)).toBe(
    `${failed.map((message) => message.trimEnd()).join('\n')}\nab\n`,
  )
})

test('ndjson: each line, and each request when it ends', () => {
  const documents = writer('ndjson')
    .lines(linesOf(failed), 0)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(documents.map(({ event }) => event)).toEqual([...failed.map(() => 'line'), 'request'])
  expect(documents[2]).toMatchObject({
    time: '2026-11-27T03:40:55.122Z',
    function: 'shop',
    version: '7',
    requestId: id,
    level: 'warn',
    text: 'total computed',
    fields: { total: 6 },
    message: failed[2],
  })
  expect(documents.at(-1)).toEqual({
    schemaVersion: 1,
    event: 'request',
    time: '2026-11-27T03:40:55.121Z',
    requestId: id,
    function: 'shop',
    version: '7',
    status: 'error',
    durationMs: 3.05,
    billedMs: 63,
    memoryMb: 320,
    maxMemoryMb: 52,
    initMs: 58.91,
    error: 'TypeError: payment gateway said no',
  })
})

test('ndjson: chosen fields alone', () => {
  expect(
    writer('ndjson', { fields: ['time', 'total', 'nothing'] }).lines(linesOf(failed.slice(0, 3)), 0),
  ).toBe('{"time":"2026-11-27T03:40:55.122Z","total":6}\n')
})

test('logfmt: pairs, with quotes where they are needed', () => {
  const odd = JSON.stringify({
    level: 'info',
    msg: 'say "hi"',
    'a key': 'a=b',
    nested: { deep: 'x y' },
    empty: '',
  })
  expect(writer('logfmt').lines(linesOf([...failed.slice(0, 3), odd, ...failed.slice(5)]), 0)).toBe(`\
time=2026-11-27T03:40:55.122Z level=warn function=shop version=7 requestId=${id} msg="total computed" total=6
time=2026-11-27T03:40:55.123Z level=info function=shop version=7 requestId=${id} msg="say \\"hi\\"" a_key="a=b" nested="{\\"deep\\":\\"x y\\"}" empty=""
time=2026-11-27T03:40:55.124Z function=shop version=7 requestId=${id} msg=REPORT status=ok durationMs=3.05 billedMs=63 memoryMb=320 maxMemoryMb=52 initMs=58.91
`)
})

test("logfmt: a function's own fields do not take the place of what lambdactl knows", () => {
  const own = { level: 'WARN', message: 'paid', msg: 'other', version: '1.2.3', function: 'pay', total: 6 }
  const [line] = linesOf([JSON.stringify(own)])
  expect(writer('logfmt').lines(line ? [line] : [], 0)).toBe(
    'time=2026-11-27T03:40:55.120Z level=warn function=shop version=7 msg=paid fields.msg=other fields.version=1.2.3 fields.function=pay total=6\n',
  )
})
