import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AlarmSelector } from '../../../src/release/values/alarms.ts'
import { functionStatus, serviceStatus } from '../../../src/workflows/incident/status.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { awsError, failing } from '../calls.ts'
import { canary, deployed, type Service, service } from '../service.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

let shop: Service
let made: World
beforeEach(async () => {
  shop = await service()
  made = world()
})
afterEach(() => shop[Symbol.asyncDispose]())

const status = (alarms: AlarmSelector[] = []) => functionStatus(made.run, target, alarms)

test('a function that is missing is no error', async () => {
  expect(await status(['errors'])).toEqual({
    function: 'checkout',
    lambdaName: 'shop-checkout-prod',
    state: 'missing',
    alias: undefined,
    record: undefined,
    standing: undefined,
    versions: [],
    wayBack: undefined,
    alarms: [],
    missingAlarms: [],
    troubles: [expect.objectContaining({ kind: 'missing', next: ['lambdactl deploy checkout --env prod'] })],
  })
})

test('a canary that stopped is explained with its versions, its shares and its alarms', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
  expect(await failureOf(releaseFunction(made.run, target, shop.fn, canary))).toMatchObject({
    code: 'PAUSED',
  })
  made.calls.made.length = 0
  const found = await status(['errors', 'slow'])
  expect(found).toMatchObject({
    state: 'ready',
    record: { phase: 'paused', candidate: '2' },
    standing: { phase: 'paused' },
    versions: [
      { version: '2', percent: 10, origin: { commit: undefined } },
      { version: '1', percent: 90 },
    ],
    alarms: [{ name: 'errors', condition: 'INSUFFICIENT_DATA' }],
    missingAlarms: ['slow'],
  })
  expect(made.changes()).toEqual([])
})

test('the newest five versions are shown, and older ones that have traffic', async () => {
  await deployed(made, shop)
  const one = made.functions.state.get(`${target.lambdaName}:1`)
  if (!one) throw new Error('There is a version.')
  for (let version = 2; version <= 9; version += 1)
    made.functions.state.set(`${target.lambdaName}:${version}`, { ...one, version: String(version) })
  const { versions } = await status()
  expect(versions.map(({ version, percent }) => [version, percent])).toEqual([
    ['9', 0],
    ['8', 0],
    ['7', 0],
    ['6', 0],
    ['5', 0],
    ['1', 100],
  ])
})

test('alarms by prefix and by ARN are shown, and what is missing is named as it is written', async () => {
  await deployed(made, shop)
  made.alarms = { 'c-slow': [[0, 'OK']], 'c-errors': [[0, 'ALARM']], other: [[0, 'OK']] }
  const elsewhere = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:other'
  const { alarms, missingAlarms } = await status([{ prefix: 'c-' }, elsewhere, { prefix: 'x-' }, 'gone'])
  expect(alarms.map(({ name }) => name)).toEqual(['c-slow', 'c-errors'])
  expect(missingAlarms).toEqual([elsewhere, 'x-*', 'gone'])
  expect(made.calls.made.filter(({ name }) => name === 'alarms.describe')).toHaveLength(1)
})

test('an update in progress shows', async () => {
  await deployed(made, shop)
  made.functions.updateByHand(target.lambdaName, { memoryMb: 128 })
  expect(await status()).toMatchObject({ state: 'changing' })
})

test('without configured alarms none is asked for', async () => {
  await deployed(made, shop)
  await status()
  expect(made.calls.made.map(({ name }) => name)).not.toContain('alarms.describe')
  expect(made.clock.now()).toBeGreaterThan(start)
})

test.each([
  ['4 1', { to: '1', gone: ['3', '2'] }],
  ['4', { to: undefined, gone: ['3', '2', '1'] }],
])('of the way back, what was deleted is told: there are %s', async (existing, wayBack) => {
  await deployed(made, shop)
  const one = made.functions.state.get(`${target.lambdaName}:1`)
  if (!one) throw new Error('There is a version.')
  made.functions.state.delete(`${target.lambdaName}:1`)
  for (const version of existing.split(' '))
    made.functions.state.set(`${target.lambdaName}:${version}`, { ...one, version })
  const held = 'lambdactl canary ours | done 2/2 | candidate 4 | held 4 3 2 1'
  made.aliases.byHand(target.lambdaName, {
    version: '4',
    description: `${held} | since 2026-11-21T10:00:00.000Z`,
  })
  expect((await status()).wayBack).toMatchObject(wayBack)
})

test('an alarm that fires is held against the first traffic of the release, which the journal has', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.alarms = {
    errors: [
      [0, 'OK'],
      [90_000, 'ALARM'],
    ],
  }
  expect(await failureOf(releaseFunction(made.run, target, shop.fn, canary))).toMatchObject({
    code: 'ROLLED_BACK',
  })
  const { alarms, troubles } = await status(['errors'])
  expect(alarms[0]?.onset).toMatchObject({ version: '2', when: 'after' })
  expect(troubles[0]).toMatchObject({ kind: 'alarm', severity: 'critical' })
  expect(troubles[0]?.summary).toContain('version 2 went live')
})

const minuteMs = 60_000

test('the last minutes are read for all functions together, by version and for all calls', async () => {
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
  await failureOf(releaseFunction(made.run, target, shop.fn, canary))
  made.calls.made.length = 0
  const values: Record<string, number> = { Invocations: 40, Errors: 4, Throttles: 1, ConcurrentExecutions: 7 }
  made.series = ({ metric, of, statistic }, { until }) => {
    const value = metric === 'Duration' ? Number(statistic.slice(1)) : values[metric]
    return of.version === '1' || value === undefined ? [] : [{ time: until - (until % minuteMs), value }]
  }
  const other = { ...target, function: 'gone', lambdaName: 'shop-gone-prod' }
  const [found, gone] = await serviceStatus(made.run, [
    { target, alarms: [{ prefix: 'err' }] },
    { target: other, alarms: ['another'] },
  ])
  const sum = { invocations: 40, errors: 4, throttles: 1, errorRate: 0.1 }
  expect(found?.recent).toMatchObject({
    all: { ...sum, concurrency: 7 },
    byAlias: 40,
    versions: [
      { version: '1', percent: 90, minutes: [] },
      { version: '2', percent: 10, ...sum, p50Ms: 50, p99Ms: 99 },
    ],
  })
  expect(found?.recent?.versions[0]).not.toHaveProperty('invocations')
  expect(found?.troubles.map(({ kind }) => kind)).toEqual(['errors', 'throttles', 'waiting'])
  expect(gone).toMatchObject({ state: 'missing' })
  const names = made.calls.made.map(({ name }) => name)
  expect(names.filter((name) => name === 'metrics.series')).toHaveLength(1)
  expect(names.filter((name) => name === 'alarms.describe')).toHaveLength(1)
})

test('figures that may not be read are said to be unknown, and all else is told', async () => {
  await deployed(made, shop)
  made.calls.faults.push(({ name }) =>
    name === 'metrics.series' ? { error: awsError('NOT_PERMITTED', 'No figures for you.') } : undefined,
  )
  const found = await status()
  expect(found).toMatchObject({ recentUnknown: 'No figures for you.', standing: { phase: 'done' } })
  expect(found).not.toHaveProperty('recent')
  expect(found.troubles).toEqual([
    {
      kind: 'figures-unknown',
      severity: 'warning',
      summary: 'the figures of the last minutes could not be read: No figures for you',
      next: ['lambdactl doctor checkout --env prod'],
    },
  ])
})

test('in an outage of CloudWatch the alarms are unknown, and all else is told', async () => {
  await deployed(made, shop)
  made.calls.faults.push(({ name }) =>
    name === 'alarms.describe' ? { error: awsError('AWS_UNAVAILABLE', 'It fails.') } : undefined,
  )
  const found = await status(['errors'])
  expect(found).toMatchObject({ alarmsUnknown: 'It fails.', alarms: [], missingAlarms: [] })
  expect(found.troubles).toEqual([
    {
      kind: 'alarms-unknown',
      severity: 'warning',
      summary: 'the alarms could not be read: It fails',
      next: ['lambdactl doctor checkout --env prod'],
    },
  ])
  expect(found).toMatchObject({ standing: { phase: 'done' } })
})

test.each([
  ['is there', '3', { to: '3', summary: undefined }],
  ['is gone', '1', { to: '1', summary: 'version 3 no longer exists; a rollback goes to version 1' }],
  ['is gone, as all are', '4', { to: undefined }],
])(
  'without the list of versions the way back is looked for by itself: it %s',
  async (_, existing, wayBack) => {
    await deployed(made, shop)
    const one = made.functions.state.get(`${target.lambdaName}:1`)
    if (!one) throw new Error('There is a version.')
    made.functions.state.delete(`${target.lambdaName}:1`)
    made.functions.state.set(`${target.lambdaName}:${existing}`, { ...one, version: existing })
    made.aliases.byHand(target.lambdaName, {
      version: '4',
      description:
        'lambdactl canary ours | done 2/2 | candidate 4 | held 4 3 1 | since 2026-11-21T10:00:00.000Z',
    })
    made.calls.made.length = 0
    const [found] = await serviceStatus(made.run, [{ target, alarms: [] }], { listsVersions: false })
    expect(found).toMatchObject({ versions: [], wayBack })
    expect(made.calls.made.map(({ name }) => name)).not.toContain('functions.versions')
  },
)

test('a function that can not be read does not hide the others', async () => {
  await deployed(made, shop)
  const other = { ...target, function: 'stock', lambdaName: 'shop-stock-prod' }
  made.calls.made.length = 0
  made.calls.faults.push(failing('functions.get', 2, { error: awsError('NOT_PERMITTED', 'No.') }))
  const asked = [
    { target, alarms: [] },
    { target: other, alarms: [] },
  ]
  const [found, hidden] = await serviceStatus(made.run, asked)
  expect(found).toMatchObject({ state: 'ready', standing: { phase: 'done' }, troubles: [] })
  expect(hidden).toMatchObject({
    function: 'stock',
    state: 'unknown',
    error: { code: 'NOT_PERMITTED', message: 'No.' },
    troubles: [{ kind: 'unread', summary: 'the function could not be read: No' }],
  })
  made.calls.faults.push(({ name }) =>
    name === 'functions.get' ? { error: awsError('NOT_AUTHENTICATED') } : undefined,
  )
  expect(await failureOf(serviceStatus(made.run, asked))).toMatchObject({ code: 'NOT_AUTHENTICATED' })
})

test.each([
  ['metrics.series', 'BUG'],
  ['journal.read', 'BUG'],
  ['alarms.describe', 'BUG'],
  ['alarms.describe', 'INTERRUPTED'],
  ['journal.read', 'INTERRUPTED'],
] as const)('a failure of %s by %s is not taken for missing data', async (call, code) => {
  await deployed(made, shop)
  made.alarms = { errors: [[0, 'ALARM']] }
  made.calls.faults.push(({ name }) => (name === call ? { error: awsError(code) } : undefined))
  expect(await failureOf(status(['errors']))).toMatchObject({ code })
})
