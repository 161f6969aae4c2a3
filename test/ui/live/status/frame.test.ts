import stringWidth from 'string-width'
import { expect, test, vi } from 'vitest'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const { statusFrame } = await import('../../../../src/ui/live/status/frame.ts')
const { incident, well } = await import('../../every-command/status-screens.ts')
const { time } = await import('../../every-command/facts.ts')

const look = { at: time + 60_000, statuses: [incident] }
const frame = (columns: number, rows: number, changed: object = {}) =>
  statusFrame({ look: { ...look, ...changed }, notice: undefined }, { columns, rows })

test('a canary at 10% whose alarm fires: candidate beside stable, and the way back', () => {
  const { rows, footer } = frame(120, 40)
  expect([...rows, '', ...footer].join('\n')).toMatchInlineSnapshot(`
    "checkout (shop-checkout-prod)
      ALARM  the alarm shop-checkout-prod-errors-日本語 fires since 2026-11-21 22:30:00Z, version 42 went live 7 s before: 5
        errors in 1 min, limit 2
      failing  version 42 fails in 34% of 118 invocations in 15 min
      throttled  Lambda throttled 3 requests in 15 min
      → lambdactl rollback checkout --env prod
      → lambdactl logs errors checkout --env prod --version 42 --since 2026-11-21T22:29Z
      → lambdactl concurrency show checkout --env prod
      paused  canary k3f9q2ab of version 42 is paused at step 1 of 2, with 10% on version 42, since 2026-11-21 22:30:00Z:
        not enough data for slow, which nobody has called since the release began.
      → Let it go on: lambdactl canary approve checkout --env prod
      last 15 min     each minute      invoked  errors    p50     p99  throttled
      version 41 90%  ▄▅▆███▇▇▆▆▅▆▇▆▃    1,204  0.083%  12 ms  312 ms          3
      version 42 10%  ············▇█▃      118     34%  13 ms   1.2 s          0
      concurrency: 12 at most
      past the alias: 82 more invocations
      version  42  10%  2026-11-21 22:29:00Z  commit aaaaaaaaaaaa+
      version  41  90%             21:00:00Z  commit bbbbbbbbbbbb
      version   9       2026-11-01 21:00:00Z
      +116 older versions: lambdactl status checkout --env prod --all-versions
      way back: version 41, still there
      alarm shop-checkout-prod-errors-日本語: ALARM             5 errors in 1 min, limit 2
      alarm slow:                             INSUFFICIENT_DATA Initial alarm creation
      alarm gone: does not exist here

    2026-11-21 22:31:00Z · q leaves · it only looks"
  `)
})

test.each([
  [60, 12],
  [60, 40],
  [200, 50],
  [20, 3],
])('a screen of %i columns and %i rows is never full beyond its edges', (columns, height) => {
  const { rows, footer } = frame(columns, height, { failure: 'AWS did not answer.' })
  expect(rows.length + footer.length).toBeLessThanOrEqual(height)
  if (columns < 60) return
  const wide = [...rows, ...footer].filter((row) => stringWidth(row) > columns)
  // A command to copy is whole; the screen cuts it.
  expect(wide.filter((row) => !/^\s*(?:→ )?lambdactl /.test(row))).toEqual([])
})

test('what has no room is counted', () => {
  expect(frame(120, 6).rows.at(-1)).toMatch(/… and \d+ more lines/)
})

test('several functions have a line each, and the troubled one is first', () => {
  const { rows } = frame(120, 40, { statuses: [well, incident] })
  expect(
    rows
      .map((row) => row.trim().split(/ {2,}/).slice(0, 2))
      .filter(([word]) => word === 'ALARM' || word === 'done'),
  ).toEqual([
    ['ALARM', 'checkout'],
    ['done', 'search'],
  ])
})

test('of many troubled functions each has its line, and the first ten their trouble', () => {
  const statuses = Array.from({ length: 50 }, () => incident)
  const { rows } = frame(200, 100, { statuses })
  expect(rows.filter((row) => row.startsWith('  ALARM'))).toHaveLength(50)
  expect(rows.filter((row) => row.startsWith('    → '))).toHaveLength(10)
})

test('before the first look it says so', () => {
  expect(statusFrame({ look: undefined, notice: 'careful' }, { columns: 80, rows: 24 })).toMatchObject({
    rows: ['looking …'],
    footer: ['careful', 'q leaves · it only looks'],
  })
})
