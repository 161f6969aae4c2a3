import { expect, test } from 'vitest'
import { findTroubles, type Looked } from '../../../src/operation/incident/find-troubles.ts'
import { onsetOf } from '../../../src/operation/incident/onset.ts'
import { troubledFirst } from '../../../src/operation/incident/trouble.ts'

const wentLive = Date.parse('2026-11-27T03:40:34Z')
const release = { id: 'k3f9q2ab', version: '2', wentLive }
const well: Looked = {
  state: 'ready',
  stateReason: undefined,
  stopped: undefined,
  standing: { phase: 'done', summary: 'It is done.' },
  alarms: [{ name: 'slow', condition: 'OK', since: 0, words: 'fine' }],
  missingAlarms: [],
  unread: undefined,
  ensured: [],
  release: undefined,
  traffic: { all: { minutes: [], throttles: 0 }, versions: [], minutes: 15 },
  wayBack: { to: '1', summary: undefined },
  commands: {
    rollback: 'roll',
    errors: 'errors',
    concurrency: 'show',
    deploy: 'deploy',
    doctor: 'doctor',
    ensure: 'ensure',
  },
}
const since = wentLive + 7000
const alarm = { name: 'errors', condition: 'ALARM', since, words: '5 errors in 1 min, limit 2' } as const
const fires = (last = release): Partial<Looked> => ({
  alarms: [{ ...alarm, onset: onsetOf(since, last) }],
  release: last,
})
const found = (changed: Partial<Looked>) => findTroubles({ ...well, ...changed })
const version = { version: '2', percent: 10, minutes: [], invocations: 100, errors: 34, errorRate: 0.34 }

test('nothing is wrong with a function whose alarms are fine, and that nobody calls', () => {
  expect(found({})).toEqual([])
  expect(found({ traffic: undefined })).toEqual([])
})

test('an alarm that began with a version says so: back first, then its failures', () => {
  expect(found(fires())).toEqual([
    {
      kind: 'alarm',
      severity: 'critical',
      summary:
        'the alarm errors fires since 2026-11-27T03:40:41.000Z, version 2 went live 7 s before: 5 errors in 1 min, limit 2',
      next: ['roll', 'errors --version 2 --since 2026-11-27T03:40Z'],
    },
  ])
})

test.each([
  ['no version to go back to', { ...fires(), wayBack: undefined }],
  ['a version that is deleted', { ...fires(), wayBack: { to: undefined, summary: undefined } }],
  ['a release that was later', fires({ ...release, wentLive: since + 60_000 })],
  ['a release of long ago', fires({ ...release, wentLive: since - 3 * 3_600_000 })],
  ['no release on record', { alarms: [alarm] }],
])('no rollback is advised with %s', (_, changed) => {
  const [trouble] = found(changed)
  expect(trouble?.next).toHaveLength(1)
  expect(trouble?.next[0]).toMatch(/^errors .*--since 2026-11-27T0\d:\d\dZ$/)
})

test('an alarm on throttles leads to the concurrency, since throttled requests have no log lines', () => {
  const throttles = { ...alarm, name: 'throttles', metric: { name: 'Throttles' } }
  expect(found({ alarms: [throttles] })[0]?.next).toEqual(['show'])
})

test('a version that fails is told by its own share; few invocations prove nothing', () => {
  const traffic = { ...well.traffic, all: { minutes: [] }, minutes: 15 }
  const stable = { ...version, version: '1', percent: 90, errors: 1, errorRate: 0.01 }
  expect(found({ traffic: { ...traffic, versions: [stable, version] } })).toMatchObject([
    {
      kind: 'errors',
      summary: 'version 2 fails in 34% of 100 invocations in 15 min',
      next: ['errors --version 2 --since 15m'],
    },
  ])
  expect(found({ traffic: { ...traffic, versions: [{ ...version, invocations: 9, errors: 3 }] } })).toEqual(
    [],
  )
})

test('a version that fails under an alarm adds no second command for the same failures', () => {
  const traffic = { all: { minutes: [] }, versions: [version], minutes: 15 }
  const next = found({ ...fires(), traffic }).flatMap((trouble) => trouble.next)
  expect(new Set(next)).toEqual(new Set(['roll', 'errors --version 2 --since 2026-11-27T03:40Z']))
})

test.each([
  ['stopped', { stopped: { summary: 'stopped by ada', next: 'start it' } }],
  ['failed', { state: 'failed', stateReason: 'the image is gone' }],
  ['throttles', { traffic: { all: { minutes: [], throttles: 3 }, versions: [], minutes: 15 } }],
  ['missing', { state: 'missing' }],
  ['waiting', { standing: { phase: 'paused', summary: 'It is paused.' } }],
  ['waiting', { standing: { phase: 'awaiting-approval', summary: 'It waits.' } }],
  ['moved', { standing: { phase: 'moved', summary: 'It moved.' } }],
  ['no-alias', { standing: undefined }],
  ['alarms-unknown', { unreadAlarms: { message: 'No.', next: [] } }],
  ['alarm-missing', { missingAlarms: ['gone'] }],
  ['paused', { paused: { summary: '1 event source mapping is paused by ada', next: 'To resume: it' } }],
  ['no-way-back', { wayBack: { to: undefined, summary: 'version 1 no longer exists' } }],
] as const)('%s is a trouble', (kind, changed) => {
  expect(found(changed as Partial<Looked>).map((trouble) => trouble.kind)).toEqual([kind])
})

test('throttles of a function that is stopped are no trouble of their own', () => {
  const stopped = { summary: 'stopped by ada', next: 'start it' }
  const traffic = { all: { minutes: [], throttles: 3 }, versions: [], minutes: 15 }
  expect(found({ stopped, traffic }).map(({ kind }) => kind)).toEqual(['stopped'])
})

test('the worst trouble is first, and with it the function that has it', () => {
  const troubles = found({
    ...fires(),
    missingAlarms: ['gone'],
    stopped: { summary: 'stopped', next: 'start' },
    standing: { phase: 'paused', summary: 'It is paused.' },
  })
  expect(troubles.map(({ kind }) => kind)).toEqual(['alarm', 'stopped', 'waiting', 'alarm-missing'])
  const functions = [
    { name: 'well', troubles: [], isMoving: false },
    { name: 'moving', troubles: [], isMoving: true },
    { name: 'gone alarm', troubles: troubles.slice(3), isMoving: false },
    { name: 'paused', troubles: troubles.slice(2), isMoving: false },
    { name: 'also well', troubles: [], isMoving: false },
    { name: 'alarm', troubles, isMoving: false },
  ]
  expect(troubledFirst(functions, (each) => each).map(({ name }) => name)).toEqual([
    'alarm',
    'paused',
    'gone alarm',
    'moving',
    'well',
    'also well',
  ])
})

test('a missing alarm is made by alarms ensure, if the file wants it', () => {
  const troubles = found({ missingAlarms: ['own', 'gone'], ensured: ['own'] })
  expect(troubles.map(({ next }) => next)).toEqual([['ensure'], ['doctor']])
})

test('a function that could not be read is in trouble: it may have any', () => {
  const unread = { message: 'You may not read it.', next: [] }
  expect(found({ state: 'unknown', unread, standing: undefined })).toMatchObject([
    { kind: 'unread', summary: 'the function could not be read: You may not read it', next: ['doctor'] },
  ])
})
