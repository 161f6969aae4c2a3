import { expect, test } from 'vitest'
import { alarmCourse, alarmCourseByLooks } from '../../../src/operation/report/alarm-course.ts'
import { versionFigures } from '../../../src/operation/report/figures.ts'
import { journalPart, spanAround } from '../../../src/operation/report/report.ts'
import { pastReleases } from '../../../src/release/history/history.ts'
import { readEntries } from '../../../src/release/journal/entry.ts'

const of = { release: 'k3f9q2ab', function: 'checkout', lambdaName: 'shop-checkout-prod', alias: 'live' }
const ada = 'arn:aws:iam::123456789012:user/ada'
const plan = {
  ...of,
  kind: 'plan',
  time: 1000,
  by: ada,
  plan: { strategy: 'canary', candidate: '4', stable: '3' },
}
const shifted = (time: number, percent: number) => ({
  ...of,
  kind: 'shifted',
  time,
  version: '3',
  weight: { version: '4', percent },
})

/** The journal's part of the report on the one release of these entries. */
function partOf(...raw: object[]) {
  const entries = readEntries(raw)
  const release = pastReleases(entries, of.lambdaName, of.alias).find(({ id }) => id === of.release)
  if (!release) throw new Error('The entries have no such release.')
  return journalPart(entries, release)
}

test('the course follows the candidate through shifts, a pause and a rollback', () => {
  const paused = { ...of, kind: 'outcome', outcome: 'paused', time: 3000, reason: 'no data' }
  const back = { ...of, kind: 'outcome', outcome: 'rolled-back', time: 5000, version: '3', reason: 'errors' }
  const { course, happenings } = partOf(plan, shifted(2000, 10), paused, shifted(4000, 50), back)
  expect(course).toEqual([
    { time: 2000, percent: 10 },
    { time: 4000, percent: 50 },
    { time: 5000, percent: 0 },
  ])
  expect(happenings.map(({ did, percent }) => `${did} ${percent}`)).toEqual([
    'started 0',
    'shifted 10',
    'paused 10',
    'shifted 50',
    'rolled back 0',
  ])
  expect(happenings[0]).toMatchObject({ by: ada })
})

test("a person's decisions are told as such, and a finished release has 100%", () => {
  const approved = { ...shifted(3000, 10), verb: 'approve', by: ada, reason: 'looks well' }
  const done = { ...of, kind: 'done', time: 6000, version: '4' }
  const { course, happenings } = partOf(plan, shifted(2000, 10), approved, done)
  expect(course.at(-1)).toEqual({ time: 6000, percent: 100 })
  expect(happenings.slice(2)).toEqual([
    { time: 3000, did: 'approved', percent: 10, by: ada, reason: 'looks well' },
    { time: 6000, did: 'finished', percent: 100 },
  ])
})

test('a rollback by hand, in a stream of its own, ends the course', () => {
  const byHand = {
    ...of,
    release: 'r0llback',
    kind: 'outcome',
    outcome: 'rolled-back',
    strategy: 'rollback',
    from: { version: '3', weight: { version: '4', percent: 10 } },
    version: '3',
    time: 3000,
    ended: of.release,
    by: ada,
  }
  const { course, happenings } = partOf(plan, shifted(2000, 10), byHand)
  expect(course.at(-1)).toEqual({ time: 3000, percent: 0 })
  expect(happenings.at(-1)).toEqual({ time: 3000, did: 'rolled back', percent: 0, by: ada })
})

const span = { from: 1000, until: 9000 }

test('the periods of an alarm come from its changes; the first one tells the state before', () => {
  const changes = [
    { time: 3000, from: 'ALARM', to: 'OK', reason: 'fine' },
    { time: 6000, from: 'OK', to: 'ALARM', reason: '5 errors' },
    { time: 9500, from: 'ALARM', to: 'OK', reason: 'fine again' },
  ] as const
  expect(alarmCourse({ name: 'errors', changes, now: 'OK' }, span)).toEqual({
    name: 'errors',
    source: 'history',
    condition: 'ALARM',
    periods: [
      { from: 1000, until: 3000, condition: 'ALARM' },
      { from: 6000, until: 9000, condition: 'ALARM', reason: '5 errors' },
    ],
  })
})

test('an alarm without a change stood as it stands now', () => {
  expect(alarmCourse({ name: 'errors', changes: [], now: 'OK' }, span)).toMatchObject({
    condition: 'OK',
    periods: [],
  })
  expect(alarmCourse({ name: 'errors', changes: [], now: undefined }, span)).not.toHaveProperty('condition')
})

test('an alarm whose history is gone is told by the looks at the gates', () => {
  const look = (time: number, condition: 'OK' | 'ALARM', since?: number) => ({
    time,
    led: 'shift',
    alarms: [{ name: 'errors', condition, ...(since !== undefined && { since }) }],
    comparison: [],
  })
  const course = alarmCourseByLooks('errors', [look(2000, 'OK'), look(6000, 'ALARM', 5000)], span)
  expect(course).toEqual({
    name: 'errors',
    source: 'journal',
    condition: 'ALARM',
    periods: [{ from: 5000, until: 9000, condition: 'ALARM' }],
  })
  expect(alarmCourseByLooks('other', [look(2000, 'OK')], span)).toEqual({
    name: 'other',
    source: 'journal',
    periods: [],
  })
})

test('a figure that CloudWatch does not have stays unknown, and is not 0', () => {
  const point = (time: number, value: number) => ({ time, value })
  const series = {
    invocations: [point(1000, 10), point(2000, 30)],
    errors: [point(2000, 3)],
    throttles: [],
    p50: [point(1000, 12)],
    p99: [point(1000, 40), point(2000, 80)],
  }
  expect(versionFigures({ version: '4', role: 'candidate' }, series)).toEqual({
    version: '4',
    role: 'candidate',
    invocations: 40,
    errors: 3,
    errorRate: 0.075,
    p50Ms: 12,
    p99Ms: 80,
    periods: [
      { time: 1000, invocations: 10, p50Ms: 12, p99Ms: 40 },
      { time: 2000, invocations: 30, errors: 3, p99Ms: 80 },
    ],
  })
})

test('a report covers some time before and after its release, but no time to come', () => {
  const minutes = (count: number) => count * 60_000
  const started = minutes(1000)
  expect(spanAround({ started, ended: started + minutes(40) }, minutes(2000))).toEqual({
    from: started - minutes(6),
    until: started + minutes(46),
  })
  expect(spanAround({ started, ended: undefined }, started + minutes(10))).toEqual({
    from: started - minutes(3),
    until: started + minutes(10),
  })
})
