import stringWidth from 'string-width'
import { expect, test, vi } from 'vitest'
import { keysIn } from '../../../../../src/ui/live/logs/keys/typed-keys.ts'
import { reduce } from '../../../../../src/ui/live/logs/reduce.ts'
import { loose, press, request, viewOf, wholeTail } from '../a-view.ts'
import { frame } from '../frame.ts'

vi.hoisted(() => vi.stubEnv('TZ', 'UTC'))

const incident = [
  request(1),
  request(2, {
    logs: [
      {
        level: 'WARN',
        message: 'the payment gateway answers slowly',
        ms: 2950,
        order: 'o-4711',
        customer: 'Anna B.',
      },
    ],
    failure: 'payment gateway said no',
  }),
  request(3, { function: 'orders', hasEnded: false }),
  [loose('worker: queue empty', 4)],
]

const counted = { is: 'counted', requests: { requests: 2, failed: 1, canary: [] }, live: undefined } as const
const incidentAt = (columns: number, rows: number) => reduce(viewOf(incident, { columns, rows }), counted)

test('60 columns', () => {
  expect(frame(incidentAt(60, 16))).toMatchInlineSnapshot(`
    "  checkout 03:40:56 INFO total computed total=6
      checkout          ✔ 3 ms cold +59 ms 52/320 MB  v4 000000…
      checkout 03:40:57 WARN the payment gateway answers slowly
      checkout          ms=2950 order=o-4711 customer="Anna B."
      checkout 03:40:57 ERROR TypeError: payment gateway said no
      checkout            at charge (src/pay.mjs:3:9)
      checkout            at handler (src/index.mjs:9:2)
      checkout            … 2 more
      checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError:…
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     following  1 line/s · 5 read · 2 requests, 1 failed
    space pause  / filter  e next error  ? help  q leave"
  `)
})

test('120 columns', () => {
  expect(frame(incidentAt(120, 16))).toMatchInlineSnapshot(`
    "  checkout 03:40:56 INFO total computed total=6
      checkout          ✔ 3 ms cold +59 ms 52/320 MB  v4 00000001
      checkout 03:40:57 WARN the payment gateway answers slowly ms=2950 order=o-4711 customer="Anna B."
      checkout 03:40:57 ERROR TypeError: payment gateway said no
      checkout            at charge (src/pay.mjs:3:9)
      checkout            at handler (src/index.mjs:9:2)
      checkout            … 2 more
      checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no  v4 00000002
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing · 2 requests, 1 failed
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('200 columns', () => {
  expect(frame(incidentAt(200, 16))).toMatchInlineSnapshot(`
    "  checkout 03:40:56 INFO total computed total=6
      checkout          ✔ 3 ms cold +59 ms 52/320 MB  v4 00000001
      checkout 03:40:57 WARN the payment gateway answers slowly ms=2950 order=o-4711 customer="Anna B."
      checkout 03:40:57 ERROR TypeError: payment gateway said no
      checkout            at charge (src/pay.mjs:3:9)
      checkout            at handler (src/index.mjs:9:2)
      checkout            … 2 more
      checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no  v4 00000002
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing · 2 requests, 1 failed
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('paused, with new lines, at a failed request that is shown whole', () => {
  const paused = press(viewOf(incident, { columns: 120, rows: 18 }), 'e', 'x')
  expect(frame(paused)).toMatchInlineSnapshot(`
    "  checkout 03:40:56 INFO total computed total=6
      checkout          ✔ 3 ms cold +59 ms 52/320 MB  v4 00000001
    ▌ checkout 03:40:57 WARN the payment gateway answers slowly ms=2950 order=o-4711 customer="Anna B."
    ▌ checkout 03:40:57 ERROR TypeError: payment gateway said no
    ▌ checkout            at charge (file:///var/task/src/pay.mjs:3:9)
    ▌ checkout            at pay (/var/task/node_modules/gateway/index.js:1:1)
    ▌ checkout            at handler (file:///var/task/src/index.mjs:9:2)
    ▌ checkout            at process.processTicksAndRejections (node:internal/process/task_queues:105:5)
    ▌ checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no  v4 00000002
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     paused, 0 new  checkout, orders · 1 line/s · 5 read · 0 missing
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('all requests folded to a row each', () => {
  expect(frame(press(viewOf(incident, { columns: 120, rows: 10 }), 'f'))).toMatchInlineSnapshot(`
    "  checkout 03:40:56 ✔ 3 ms cold +59 ms 52/320 MB  v4 00000001 1 line folded
      checkout 03:40:57 ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no  v4 00000002 2 lines folded
      orders   03:40:58 … running  v4 00000003 1 line folded
      checkout 03:40:59 worker: queue empty
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('a filter while it is typed', () => {
  expect(
    frame(press(viewOf(incident, { columns: 80, rows: 8 }), '/', ...keysIn('level>='))),
  ).toMatchInlineSnapshot(`
    "  checkout            … 2 more
      checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway sai…
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing
    /level>=▏
            ^ expected a value"
  `)
})

test('the help', () => {
  expect(frame(press(viewOf(incident, { columns: 80, rows: 20 }), '?'))).toMatchInlineSnapshot(`
    "
      space           pause; follow again (also G, End)
      ↑ ↓  k j        choose a request; it pauses
      PgUp PgDn  g    half a screen of requests; the first one
      e  E            next failed request; the one before
      enter           fold or open the request (also ← →)
      f               fold or open all requests
      x               whole stacks and long lines of the request
      /               filter by text, or by level>=warn and ms>100
      1 … 6  0        trace and above … fatal; all levels
      s  m            only the request's function; leave it out
      a               all lines again: no filter, level or choice
      y               copy the request id
      c               clear
      Ctrl-Z  Ctrl-L  to the shell, fg comes back; draw again
      q  Ctrl-C       leave, with a summary

      Any key goes back to the lines.
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test.each([20, 40, 60, 120, 200])(
  'no row is wider than %i columns, and no screen higher than its rows',
  (columns) => {
    const wide = [...incident, request(5, { logs: [{ level: 'INFO', message: '支払い '.repeat(200) }] })]
    for (const keys of [
      [],
      ['e'],
      ['e', 'x'],
      ['f'],
      ['?'],
      ['/', ...keysIn('a long filter that does not fit into the row at all')],
    ]) {
      const rows = frame(press(reduce(viewOf(wide, { columns, rows: 16 }), counted), ...keys)).split('\n')
      expect(Math.max(...rows.map((row) => stringWidth(row)))).toBeLessThanOrEqual(columns)
      expect(rows.length).toBeLessThanOrEqual(16 + 1)
    }
  },
)

const canary = [
  'stable v7: 412 requests, 3 errors (0.7%), p50 12 ms',
  'candidate v8: 40 requests, 9 errors (22.5%), p50 31 ms',
]

test.each([60, 120, 200])('a canary in %i columns has a row of counts for each version', (columns) => {
  const requests = { requests: 452, failed: 12, canary }
  const view = reduce(viewOf(incident, { columns, rows: 12 }), { is: 'counted', requests, live: undefined })
  const [, ...footer] = frame(view).split('\n─\n')[1]?.split('\n') ?? []
  expect(footer.slice(0, 2)).toEqual(canary)
  expect(footer).toHaveLength(3)
  expect(frame(view).split('\n')).toHaveLength(12 + 1)
})

test('a low screen keeps half of its rows for lines', () => {
  const requests = { requests: 452, failed: 12, canary }
  const view = reduce(viewOf(incident, { columns: 60, rows: 6 }), {
    is: 'counted',
    requests,
    live: undefined,
  })
  expect(frame(view).split('\n─\n')[0]?.split('\n')).toHaveLength(3)
})

test('the caret stands below a mistake, also in a text that is longer than the row', () => {
  const typed = (text: string, columns: number) =>
    frame(press(viewOf([], { columns, rows: 8 }), '/', ...keysIn(text)))
      .split('\n')
      .slice(-2)
      .join('\n')
  expect(typed('total> and level=warn', 60)).toMatchInlineSnapshot(`
    "/total> and level=warn▏
                ^ expected "and", "or" or the end"
  `)
  expect(
    typed('a>1 and order.customer.name="Anna B." and total>=100 and level>=loud', 60),
  ).toMatchInlineSnapshot(`
    "…der.customer.name="Anna B." and total>=100 and level>=loud▏
                             expected a level such as warn ^"
  `)
  expect(typed('level>=', 60)).toMatchInlineSnapshot(`
    "/level>=▏
            ^ expected a value"
  `)
})

test('the help in 60 columns, and in too few rows', () => {
  expect(frame(press(viewOf(incident, { columns: 60, rows: 24 }), '?'))).toMatchInlineSnapshot(`
    "
      space           pause; follow again (also G, End)
      ↑ ↓  k j        choose a request; it pauses
      PgUp PgDn  g    half a screen of requests; the first one
      e  E            next failed request; the one before
      enter           fold or open the request (also ← →)
      f               fold or open all requests
      x               whole stacks and long lines of the request
      /               filter by text, or by level>=warn and
                      ms>100
      1 … 6  0        trace and above … fatal; all levels
      s  m            only the request's function; leave it out
      a               all lines again: no filter, level or
                      choice
      y               copy the request id
      c               clear
      Ctrl-Z  Ctrl-L  to the shell, fg comes back; draw again
      q  Ctrl-C       leave, with a summary

      Any key goes back to the lines.
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing
    space pause  / filter  e next error  ? help  q leave"
  `)
  expect(frame(press(viewOf(incident, { columns: 60, rows: 10 }), '?'))).toMatchInlineSnapshot(`
    "  space           pause; follow again (also G, End)
      ↑ ↓  k j        choose a request; it pauses
      PgUp PgDn  g    half a screen of requests; the first one
      e  E            next failed request; the one before
      enter           fold or open the request (also ← →)
      f               fold or open all requests
      … 11 more rows: make the terminal higher
      Any key goes back to the lines.
    ─
     following  checkout, orders · 1 line/s · 5 read · 0 missing
    space pause  / filter  e next error  ? help  q leave"
  `)
})

test('secrets are masked in whole texts, before rows are cut, wrapped or shortened', () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQ\n'.repeat(20)}-----END PRIVATE KEY-----`
  const safe = (text: string) =>
    text.replace(/-----BEGIN[^]*?END PRIVATE KEY-----/g, '***').replace(/:hunter2@host/g, ':***@host')
  const logs = [
    { level: 'INFO', message: `key ${key}` },
    { level: 'INFO', message: 'connecting', url: `postgres://shop-${'x'.repeat(40)}:hunter2@host/db` },
  ]
  const failure = 'postgres://shop-y:hunter2@host'
  const lines = request(1, { logs, failure })
  for (const keys of [[], ['x'], ['f']])
    expect(
      frame(press(viewOf([lines], { columns: 80, rows: 40 }, { ...wholeTail, safe }), ...keys)),
    ).not.toMatch(/MIIE|hunter/)
})
