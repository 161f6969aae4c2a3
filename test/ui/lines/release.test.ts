import { expect, test, vi } from 'vitest'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import type { ReleaseEvent } from '../../../src/release/history/event.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { releaseLines } from '../../../src/ui/lines/release.ts'
import { tellTimes } from '../../../src/ui/text/time.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const time = Date.parse('2026-11-21T10:00:00.000Z')
const alias = 'live'

function lines(event: ReleaseEvent): string[] {
  return releaseLines({ time, ...event }, tellTimes(time))
}

type Event<Kind extends ReleaseEvent['event']> = Omit<Extract<ReleaseEvent, { event: Kind }>, 'function'>

const plan: Plan = {
  id: 'k3f9',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [{ percent: 10, holdMs: 60_000 }],
  bakeMs: 300_000,
  alarms: ['errors', 'slow'],
}
const packaged: Event<'packaged'> = {
  event: 'packaged',
  zippedBytes: 1234,
  unzippedBytes: 5000,
  files: 1,
  digest: 'abcdef0123456789',
  bundled: true,
}
const pass = { outcome: 'pass', reason: 'errors is OK' } as const
const observed: Event<'observed'> = {
  event: 'observed',
  verdict: pass,
  alarms: [],
  step: 1,
  steps: 2,
  until: time + 42_000,
}
const cases: [Omit<ReleaseEvent, 'function'>, string][] = [
  [
    { event: 'packaging', files: 12_000, totalFiles: 50_000, bytes: 51_200_000, totalBytes: 214_000_000 },
    'packaging: 12000 of 50000 files, 51.2 MB of 214.0 MB',
  ],
  [packaged, 'bundled and packaged 1 file, 1.2 kB zipped, digest abcdef012345'],
  [{ ...packaged, bundled: false, files: 3 }, 'packaged 3 files, 1.2 kB zipped, digest abcdef012345'],
  [
    { event: 'left-out', paths: ['.env', 'key.pem'] },
    'left out of the package, since they look like secrets: .env, key.pem',
  ],
  [{ event: 'created' }, 'created the function'],
  [{ event: 'code-updated' }, 'updated the code'],
  [{ event: 'configuration-updated' }, 'updated the configuration'],
  [{ event: 'published', version: '4', description: '' }, 'published version 4'],
  [
    { event: 'warming', version: '4', available: 2, requested: 5 },
    'warming version 4: 2 of 5 environments ready',
  ],
  [{ event: 'cooled', version: '3', requested: 5 }, 'released the 5 provisioned environments of version 3'],
  [
    { event: 'unchanged', version: '3', alias },
    'nothing to deploy: live is on version 3 with exactly this content and configuration',
  ],
  [
    { event: 'checked', check: { title: 'smoke', outcome: 'pass', detail: 'it answered' } },
    'preflight ok    smoke: it answered',
  ],
  [
    { event: 'checked', check: { title: 'smoke', outcome: 'warn', detail: 'not tried' } },
    'preflight warn  smoke: not tried',
  ],
  [
    { event: 'checked', check: { title: 'smoke', outcome: 'fail', detail: 'it failed' } },
    'preflight FAIL  smoke',
  ],
  [
    { event: 'shifted', alias, version: '3', weight: { version: '4', percent: 10 }, step: 1, steps: 2 },
    'shifted live: 10% on version 4, 90% on version 3 (step 1 of 2)',
  ],
  [{ event: 'shifted', alias, version: '4', step: 2, steps: 2 }, 'shifted live: 100% on version 4'],
  [observed, 'gate pass: errors is OK, 0:42 left'],
  [{ ...observed, until: time }, 'gate pass: errors is OK'],
  [
    { event: 'rolled-back', alias, version: '3', reason: 'errors fires', seconds: 1.25 },
    'rolled back: live is on version 3, weights cleared, 1.3 s after the alarm',
  ],
  [
    { event: 'rolled-back', alias, version: '3', reason: 'asked for' },
    'rolled back: live is on version 3, weights cleared',
  ],
  [{ event: 'paused', alias, reason: 'no data' }, 'paused'],
  [{ event: 'done', alias, version: '4', previous: '3' }, 'done: live is on version 4 (before: 3)'],
  [{ event: 'done', alias, version: '1', previous: undefined }, 'done: live is on version 1'],
  [{ event: 'warning', text: 'mind the gap' }, 'warning: mind the gap'],
] as [Omit<ReleaseEvent, 'function'>, string][]

test.each(cases)('an event is a line with its time and function: $0.event', (event, text) => {
  expect(lines({ function: 'checkout', ...event } as ReleaseEvent)).toEqual([`10:00:00Z checkout  ${text}`])
})

test('a plan is a line, and one for each shift at its time', () => {
  const shifts = [
    { afterMs: 0, percent: 10, holdMs: 60_000 },
    { afterMs: 60_000, percent: 100, holdMs: 300_000 },
  ]
  expect(lines({ function: 'checkout', event: 'planned', plan, shifts, alias })).toEqual([
    '10:00:00Z checkout  plan: canary k3f9 moves live from version 3 to version 4, gated by errors, slow',
    '10:00:00Z checkout    10:00:00Z   10%, holds 1 min',
    '10:00:00Z checkout    10:01:00Z  100%, bakes 5 min',
  ])
})

test('a plan says what else has to be before the next shift', () => {
  const shifts = [{ afterMs: 0, percent: 10, holdMs: 60_000, invocations: 100, approval: true }]
  expect(lines({ function: 'checkout', event: 'planned', plan, shifts, alias })[1]).toBe(
    '10:00:00Z checkout    10:00:00Z   10%, holds 1 min, has at least 100 invocations, awaits approval',
  )
})

test.each([
  [['errors'], 'gated by errors and a comparison with version 3'],
  [[], 'gated by a comparison with version 3'],
])('a plan names its comparison as a gate beside %j', (alarms, gates) => {
  const comparison = {
    settings: defaultComparison,
    inconclusive: 'hold',
    since: time,
    settleMs: 130_000,
  } as const
  const event = { function: 'checkout', event: 'planned', shifts: [], alias } as const
  expect(lines({ ...event, plan: { ...plan, alarms, comparison } })).toEqual([
    `10:00:00Z checkout  plan: canary k3f9 moves live from version 3 to version 4, ${gates}`,
  ])
})

test('a plan that goes past its gates says why, and what it is excused from', () => {
  const breakglass = { reason: 'incident\n42', firing: [{ alarm: 'errors', since: time - 60_000 }] }
  const event = { function: 'checkout', event: 'planned', shifts: [], alias } as const
  expect(lines({ ...event, plan: { ...plan, breakglass } }).slice(1)).toEqual([
    '10:00:00Z checkout    breakglass: incident 42',
    '10:00:00Z checkout    excused until it recovers: alarm errors, in this state since 2026-11-21 09:59:00Z',
  ])
})

test('a first and unpublished plan says so', () => {
  const first = { ...plan, candidate: 'next', stable: undefined, alarms: [] }
  const shifts = [{ afterMs: 0, percent: 100, holdMs: 0 }]
  expect(lines({ function: 'checkout', event: 'planned', plan: first, shifts, alias })).toEqual([
    '10:00:00Z checkout  plan: canary k3f9 puts live on the next version',
    '10:00:00Z checkout    10:00:00Z  100%',
  ])
})

test("what comes from AWS can neither steer the terminal nor start a line of CI's", () => {
  const text = 'late\u001b[2J\n::error::owned'
  expect(lines({ function: 'checkout', event: 'noted', text })).toEqual([
    '10:00:00Z checkout  late ::error::owned',
  ])
})

test.each([
  ['alias', "  then      moves live's own 3 to version 3, which runs on demand meanwhile"],
  ['pending', '  then      waits for the 3 of version 3'],
  ['cut-off', '  then      warms 3 of version 3'],
] as const)('a plan says what comes before its first shift: %s', (why, then) => {
  const provisioned = { amount: 1, stable: { amount: 3, why } }
  const told = lines({
    function: 'checkout',
    event: 'planned',
    plan: { ...plan, provisioned },
    shifts: [],
    alias,
  })
  expect(told.map((line) => line.replace(/^.*?checkout {2}/, '')).slice(1)).toEqual([
    '  first     warms 1 environment of the new version',
    then,
  ])
})

test('a release that is carried on is not told to warm anything again', () => {
  const provisioned = { amount: 1 }
  const event = { function: 'checkout', event: 'planned', plan: { ...plan, provisioned }, alias } as const
  expect(lines({ ...event, shifts: [], resumed: true })).toHaveLength(1)
})

test.each([
  [{ event: 'uploading', bytes: 16_777_216, total: 52_428_800 }, 'uploading: 16.8 MB of 52.4 MB'],
  [
    { event: 'uploaded', bucket: 'b', key: 'k.zip', bytes: 52_428_800, total: 52_428_800 },
    'uploaded 52.4 MB to s3://b/k.zip',
  ],
  [
    { event: 'uploaded', bucket: 'b', key: 'k.zip', bytes: 8_388_608, total: 52_428_800 },
    'uploaded 8.4 MB of 52.4 MB, the missing part, to s3://b/k.zip',
  ],
  [
    { event: 'uploaded', bucket: 'b', key: 'k.zip', bytes: 0, total: 52_428_800 },
    'the package is in S3 already: s3://b/k.zip',
  ],
  [{ event: 'failed', code: 'CONFLICT', message: 'It moved.', next: [] }, 'failed: CONFLICT, details below'],
  [
    { event: 'unused', version: '3', alias: 'live' },
    'version 3 is published and stays unused: live was not moved',
  ],
] as const)('%j is one line', (event, line) => {
  expect(lines({ function: 'checkout', ...event })).toEqual([`10:00:00Z checkout  ${line}`])
})
