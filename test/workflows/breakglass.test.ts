import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AlarmCondition } from '../../src/release/values/observed.ts'
import { deploy } from '../../src/workflows/deploy.ts'
import { histories } from '../../src/workflows/history/history.ts'
import { releaseFunction } from '../../src/workflows/release-function.ts'
import { releaseStatus } from '../../src/workflows/release-status.ts'
import { resume } from '../../src/workflows/resume.ts'
import { before } from './calls.ts'
import { aliasOf, recordOf, watching } from './canary.ts'
import { canary, deployed, type Service, service } from './service.ts'
import { failureOf, start, target, type World, world } from './world.ts'

let shop: Service
let made: World
/** When the release begins, counted from the start of the world. */
let begins: number
beforeEach(async () => {
  shop = await service()
  made = world()
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  begins = made.clock.now() - start
})
afterEach(() => shop[Symbol.asyncDispose]())

const past = { breakglass: 'incident 42' }

const release = (changed: Partial<typeof canary> & { breakglass?: string } = {}, fn = shop.fn) =>
  releaseFunction(made.run, target, fn, { ...canary, ...changed })

/** The alarm fires since a minute before the release; then it changes, seconds after the release began. */
function firesAlready(...later: (readonly [seconds: number, condition: AlarmCondition])[]): void {
  const changes = later.map(([seconds, condition]) => [begins + seconds * 1000, condition] as const)
  made.alarms = { errors: [[begins - 60_000, 'ALARM'], ...changes] }
}

const checks = () =>
  made.events.flatMap((event) =>
    event.event === 'checked' ? [`${event.check.outcome} ${event.check.title}: ${event.check.detail}`] : [],
  )

const plannedIn = ({ journal }: World) => journal.find(({ entry }) => entry['kind'] === 'plan')?.entry['plan']

describe('an alarm that fires already', () => {
  test('keeps a release back, which says how to go past it', async () => {
    firesAlready()
    expect(await failureOf(release())).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      next: [
        expect.stringContaining('correct the failure') as string,
        `If the release can't wait, override the gate, on record: lambdactl canary checkout --env prod --breakglass "why"`,
      ],
    })
    expect(made.changes()).toEqual([])
  })

  test('is gone past with a reason, which every record keeps', async () => {
    firesAlready()
    expect(await release(past)).toMatchObject({ outcome: 'released', version: '2' })
    expect(checks()).toContain('warn alarm errors: overridden by breakglass: it already fires: it is ALARM')
    const breakglass = {
      reason: 'incident 42',
      firing: [{ alarm: 'errors', since: start + begins - 60_000 }],
    }
    expect(plannedIn(made)).toMatchObject({ alarms: ['errors'], breakglass })
    expect(made.events.find(({ event }) => event === 'planned')).toMatchObject({ plan: { breakglass } })
    expect(recordOf(made)).toMatchObject({ phase: 'done', reason: 'breakglass: incident 42' })
    expect((await histories(made.run, [target], start)).flat()).toMatchObject([
      { breakglass: 'incident 42', by: 'arn:aws:iam::123456789012:user/ada' },
    ])
  })

  test('rolls back once it has recovered and fires again', async () => {
    firesAlready([20, 'OK'], [40, 'ALARM'])
    expect(await failureOf(release(past))).toMatchObject({
      code: 'ROLLED_BACK',
      message: expect.stringContaining('alarm errors is in ALARM') as string,
    })
    expect(aliasOf(made)).toMatchObject({ version: '1' })
  })

  test('rolls back too when it recovered where nobody looked', async () => {
    firesAlready([20, 'OK'], [20.001, 'ALARM'])
    expect(await failureOf(release(past))).toMatchObject({ code: 'ROLLED_BACK' })
  })

  test('stays excused for whoever carries the release on, until it has recovered', async () => {
    firesAlready([90, 'OK'], [95, 'ALARM'])
    await release({ ...past, watch: false })
    await made.clock.sleep(40_000)
    expect(await resume(made.run, target, { ...watching, watch: false })).toMatchObject({
      outcome: 'waiting',
    })
    expect(await releaseStatus(made.run, target)).toMatchObject({
      plan: { breakglass: { reason: 'incident 42' } },
      alarms: [{ name: 'errors', condition: 'ALARM', verdict: 'excused' }],
    })
    await made.clock.sleep(60_000)
    expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'ROLLED_BACK' })
  })

  test('is told as excused at each look', async () => {
    firesAlready()
    await release(past)
    const looks = made.events.flatMap((event) => (event.event === 'observed' ? [event] : []))
    expect(new Set(looks.flatMap(({ alarms }) => alarms.map(({ verdict }) => verdict)))).toEqual(
      new Set(['excused']),
    )
    expect(looks[0]?.verdict).toEqual({
      outcome: 'pass',
      reason: 'alarm errors still fires since before the release (breakglass)',
    })
  })

  test('is not what a rollback counts its seconds from', async () => {
    firesAlready()
    made.alarms['slow'] = [
      [0, 'OK'],
      [begins + 30_000, 'ALARM'],
    ]
    await failureOf(release({ ...past, alarms: ['errors', 'slow'] }))
    const told = made.events.find((event) => event.event === 'rolled-back')
    expect(told).toMatchObject({ reason: 'alarm slow is in ALARM (it is ALARM)' })
    expect(told?.event === 'rolled-back' ? told.seconds : undefined).toBeLessThan(5)
  })
})

describe('breakglass does not go past', () => {
  test('a smoke event that fails', async () => {
    firesAlready()
    made.functions.answer = {
      payload: '{"errorMessage":"no"}',
      version: '2',
      functionError: 'Unhandled',
      logTail: '',
    }
    const fn = {
      ...shop.fn,
      release: { ...shop.fn.release, smoke: [{ name: undefined, payload: 1, expect: undefined }] },
    }
    expect(await failureOf(release(past, fn))).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: expect.stringContaining('smoke: the candidate failed') as string,
    })
    expect(made.aliases.updates).toEqual([])
  })

  test.each([
    ['another alarm that begins to fire while the candidate is made', 'slow'],
    ['the same alarm, where it recovered and fired again while the candidate was made', 'errors'],
  ])('%s', async (_, name) => {
    firesAlready()
    made.alarms['slow'] = [[0, 'OK']]
    made.calls.faults.push(
      before('functions.publish', 1, () => {
        made.alarms[name] = [[made.clock.now() - start, 'ALARM']]
      }),
    )
    expect(await failureOf(release({ ...past, alarms: ['errors', 'slow'] }))).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: `Version 2 got no traffic, since preflight failed: alarms: alarm ${name} is in ALARM (it is ALARM).`,
    })
    expect(made.aliases.updates).toEqual([])
  })
})

describe('breakglass goes past', () => {
  test('an alarm that does not exist: the release goes without it, and names it', async () => {
    made.alarms = { errors: [[0, 'OK']] }
    await release({ ...past, alarms: ['gone', 'errors', { prefix: 'cart-' }] })
    expect(plannedIn(made)).toMatchObject({ alarms: ['errors'], breakglass: { firing: [] } })
    expect(checks().filter((check) => check.startsWith('warn alarm'))).toEqual([
      'warn alarm gone: overridden by breakglass: CloudWatch has no alarm with that name in this account and Region',
      'warn alarm cart-*: overridden by breakglass: CloudWatch has no alarm whose name begins like that in this account and Region',
    ])
  })

  test('a release without any gate, and triggers that go past the alias', async () => {
    made.triggers = [{ description: 'queue orders', kind: 'mapping', qualifier: undefined }]
    expect(await release({ ...past, alarms: [] })).toMatchObject({ outcome: 'released' })
    expect(checks().slice(0, 2)).toEqual([
      'warn triggers: overridden by breakglass: 1 of 1 bypass live: queue orders invokes $LATEST',
      'warn alarms: overridden by breakglass: no alarm gates this release, so the release would prove nothing',
    ])
  })

  test('the protection of an environment, in a deploy too', async () => {
    const fn = { ...shop.fn, release: { ...shop.fn.release, alarms: [] } }
    const options = { needsAlarm: true, dryRun: false, watch: true }
    const failure = await failureOf(Array.fromAsync(deploy(made.run, [{ target, fn }], options)))
    expect(failure).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      next: expect.arrayContaining([
        `If the release can't wait, override the gate, on record: lambdactl deploy checkout --env prod --breakglass "why"`,
      ]) as string[],
    })
    const results = await Array.fromAsync(deploy(made.run, [{ target, fn }], { ...options, ...past }))
    expect(results).toMatchObject([{ outcome: 'released' }])
    expect(recordOf(made)?.reason).toBe('breakglass: incident 42')
  })

  test('missing data where that fails, until there is some', async () => {
    const fn = { ...shop.fn, release: { ...shop.fn.release, insufficientData: 'fail' as const } }
    made.alarms = {
      errors: [
        [0, 'INSUFFICIENT_DATA'],
        [begins + 100_000, 'OK'],
        [begins + 110_000, 'INSUFFICIENT_DATA'],
      ],
    }
    expect(await failureOf(release({}, fn))).toMatchObject({
      message: expect.stringContaining(
        'it has no data, which counts as failing: release.insufficientData is fail',
      ) as string,
    })
    expect(await failureOf(release(past, fn))).toMatchObject({
      code: 'ROLLED_BACK',
      message: expect.stringContaining(
        'alarm errors has no data, which counts as failing in this release',
      ) as string,
    })
    expect(made.clock.now() - start).toBeGreaterThanOrEqual(begins + 110_000)
  })
})

test('the reason is kept beside what the alias says of a long one', async () => {
  firesAlready()
  const reason = `because ${'of it '.repeat(100)}`
  await release({ breakglass: reason })
  expect(aliasOf(made)?.description.length).toBeLessThanOrEqual(256)
  expect(recordOf(made)?.reason).toMatch(/^breakglass: because of it .*…$/)
  expect(plannedIn(made)).toMatchObject({ breakglass: { reason } })
})

describe('a prefix', () => {
  test('is resolved once, and the plan holds plain names: what is made later does not gate it', async () => {
    made.alarms = { 'c-slow': [[0, 'OK']], 'c-errors': [[0, 'OK']], other: [[0, 'ALARM']] }
    made.calls.faults.push(
      before('functions.publish', 1, () => {
        made.alarms['c-late'] = [[0, 'ALARM']]
      }),
    )
    expect(await release({ alarms: [{ prefix: 'c-' }] })).toMatchObject({ outcome: 'released' })
    expect(plannedIn(made)).toMatchObject({ alarms: ['c-slow', 'c-errors'] })
  })

  test('is read together with the names and the checks, in one read before anything is uploaded', async () => {
    made.alarms = { 'c-errors': [[0, 'OK']], errors: [[0, 'OK']] }
    await release({ alarms: ['errors', { prefix: 'c-' }] })
    const names = made.calls.made.map(({ name }) => name)
    const uploads = names.indexOf('functions.updateCode')
    expect(names.slice(0, uploads).filter((name) => name === 'alarms.describe')).toHaveLength(1)
  })

  test('that nothing matches keeps the release back, and says how one is made', async () => {
    made.alarms = {}
    const failure = await failureOf(release({ alarms: [{ prefix: 'c-' }] }))
    expect(failure.message).toContain('alarm c-*: CloudWatch has no alarm whose name begins like that')
    const { next } = failure as unknown as { next: string[] }
    expect(next).toHaveLength(3)
    expect(next[1]).toMatch(/^Make the alarm: aws cloudwatch put-metric-alarm --alarm-name c-errors /)
    expect(made.changes()).toEqual([])
  })
})

test('an ARN of another Region keeps the release back', async () => {
  made.alarms = { errors: [[0, 'OK']] }
  const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'
  expect(await failureOf(release({ alarms: [arn] }))).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message: expect.stringContaining(
      `alarm ${arn}: it is in us-east-1, account 123456789012, and this release reads only the alarms of eu-west-1, account 123456789012.`,
    ) as string,
  })
  await release({ alarms: [arn.replace('us-east-1', 'eu-west-1')] })
  expect(plannedIn(made)).toMatchObject({ alarms: ['errors'] })
})

test('where missing data passes, a release goes through without any', async () => {
  made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
  const fn = { ...shop.fn, release: { ...shop.fn.release, insufficientData: 'pass' as const } }
  expect(await release({}, fn)).toMatchObject({ outcome: 'released' })
  expect(plannedIn(made)).toMatchObject({ insufficientData: 'pass' })
})
