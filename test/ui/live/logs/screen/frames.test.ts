import stringWidth from 'string-width'
import { expect, test, vi } from 'vitest'
import { keysIn } from '../../../../../src/ui/live/logs/keys/typed-keys.ts'
import { loose, press, request, viewOf } from '../a-view.ts'
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

const accounts = ['2 requests, 1 failed']

test('60 columns', () => {
  expect(frame(viewOf(incident, { columns: 60, rows: 16 }), accounts)).toMatchInlineSnapshot(`
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
     following  1 lines/s · 5 read · 2 requests, 1 failed · che…
    space pause  / filter  e next error  enter fold  y copy id …"
  `)
})

test('120 columns', () => {
  expect(frame(viewOf(incident, { columns: 120, rows: 16 }), accounts)).toMatchInlineSnapshot(`
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
     following  1 lines/s · 5 read · 2 requests, 1 failed · checkout, orders
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('200 columns', () => {
  expect(frame(viewOf(incident, { columns: 200, rows: 16 }), accounts)).toMatchInlineSnapshot(`
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
     following  1 lines/s · 5 read · 2 requests, 1 failed · checkout, orders
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
     paused, 0 new  1 lines/s · 5 read · checkout, orders
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
     following  1 lines/s · 5 read · checkout, orders
    space pause  / filter  e next error  enter fold  y copy id  ? help  q leave"
  `)
})

test('a filter while it is typed', () => {
  expect(
    frame(press(viewOf(incident, { columns: 80, rows: 8 }), '/', ...keysIn('level>='))),
  ).toMatchInlineSnapshot(`
    "  checkout            at handler (src/index.mjs:9:2)
      checkout            … 2 more
      checkout          ✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway sai…
      orders   03:40:58 INFO total computed total=6
      orders            … running  v4 00000003
      checkout 03:40:59 worker: queue empty
    ─
     following  /level>= · 1 lines/s · 5 read · checkout, orders
    /level>=▏  not a condition yet"
  `)
})

test('the help', () => {
  expect(frame(press(viewOf(incident, { columns: 80, rows: 20 }), '?'))).toMatchInlineSnapshot(`
    "
      space         pause, or follow the newest lines again (also G, End)
      ↑ ↓  k j      choose a request; it pauses
      PgUp PgDn  g  half a screen of requests; to the first one
      e  E          next failed request; the one before
      enter         fold or open the request (also ← →)
      f             fold or open all requests
      x             whole stacks and long lines of the request
      /             filter: a text, or level>=warn and total>100; Enter keeps it, E…
      1 2 3 4 5 6   at least trace, debug, info, warn, error, fatal; 0 for all lines
      s  m          only the request's function; leave the function out
      a             all lines again: no filter, level or choice of functions
      y             copy the request id
      c             clear
      q  Ctrl-C     leave, with a summary

      Any key goes back to the lines.
    ─
     following  1 lines/s · 5 read · checkout, orders
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
      const rows = frame(press(viewOf(wide, { columns, rows: 16 }), ...keys), accounts).split('\n')
      expect(Math.max(...rows.map((row) => stringWidth(row)))).toBeLessThanOrEqual(columns)
      expect(rows.length).toBeLessThanOrEqual(16 + 1)
    }
  },
)
