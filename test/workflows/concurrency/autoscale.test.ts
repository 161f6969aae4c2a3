import { expect, test } from 'vitest'
import { parseSchedule, type WantedScaling } from '../../../src/operation/concurrency/scaling.ts'
import { autoscale } from '../../../src/workflows/concurrency/autoscale.ts'
import { awsError, failing } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { failureOf, target, type World } from '../world.ts'

const morning = parseSchedule('morning 5-9 cron(0 7 ? * MON-FRI *)', 'Europe/Berlin')
const wanted: WantedScaling = {
  min: 2,
  max: 9,
  utilization: 0.7,
  schedules: morning ? [morning] : [],
}
const scale = (made: World, to: WantedScaling | 'none' = wanted, dryRun = false) =>
  autoscale(made.run, target, { wanted: to, dryRun, onProgress: () => undefined })
const provisioned = (made: World) =>
  made.provisioned.list().map(({ qualifier, requested }) => [qualifier, requested])

test("the alias takes over its version's environments before it is registered", async () => {
  const made = canaryWorld()
  made.provisioned.give('3', 5)
  expect(await scale(made)).toMatchObject({
    before: null,
    after: {
      min: 2,
      max: 9,
      policies: [{ name: 'lambdactl-utilization', utilization: 0.7 }],
      schedules: [{ name: 'lambdactl-morning', timezone: 'Europe/Berlin', min: 5, max: 9 }],
    },
    moves: { fromVersion: { version: '3', amount: 5 }, toAlias: 5 },
    undo: [
      'lambdactl concurrency autoscale checkout --env prod none',
      'lambdactl concurrency provision checkout --env prod none',
      'lambdactl concurrency provision checkout --env prod 5 --version 3',
    ],
  })
  expect(provisioned(made)).toEqual([['live', 5]])
  expect(made.changes()).toEqual([
    'concurrency.unprovision',
    'concurrency.provision',
    'scaling.register',
    'scaling.track',
    'scaling.schedule',
  ])
})

test('another call replaces the schedules, and its undo is the earlier command', async () => {
  const made = canaryWorld()
  await scale(made)
  const result = await scale(made, { min: 1, max: 4, utilization: 0.5, schedules: [] })
  expect(result).toMatchObject({ moves: {}, after: { min: 1, max: 4, schedules: [] } })
  expect(result.undo).toEqual([
    "lambdactl concurrency autoscale checkout --env prod --min 2 --max 9 --target 70 --schedule 'morning 5-9 cron(0 7 ? * MON-FRI *)' --timezone Europe/Berlin",
  ])
})

test('none ends the scaling, and says what the alias keeps', async () => {
  const made = canaryWorld()
  await scale(made)
  expect(await scale(made, 'none')).toMatchObject({ after: null, left: 2 })
  expect(await made.run.aws.scaling.scaled()).toEqual([])
  expect(await scale(made, 'none')).toMatchObject({ before: null, after: null, undo: [] })
})

test('the undo gives an alias the environments that it had before its scaling', async () => {
  const made = canaryWorld()
  made.provisioned.give('live', 3)
  expect((await scale(made, { ...wanted, min: 5 })).undo).toEqual([
    'lambdactl concurrency autoscale checkout --env prod none',
    'lambdactl concurrency provision checkout --env prod 3',
  ])
  expect(provisioned(made)).toEqual([['live', 5]])
})

test('environments that the alias does not get are told, with the way back to the version', async () => {
  const made = canaryWorld()
  made.provisioned.give('3', 5)
  made.calls.faults.push(failing('concurrency.provision', 1, { error: awsError('AWS_REFUSED', 'No.') }))
  expect(await failureOf(scale(made))).toMatchObject({
    code: 'AWS_REFUSED',
    message: 'No. Version 3 has lost its 5 provisioned environments, and live got none.',
    next: [
      'To give them back to the version: lambdactl concurrency provision checkout --env prod 5 --version 3',
    ],
  })
})

test('a scaling with policies of others is not ended, since nobody could put them back', async () => {
  const made = canaryWorld()
  await scale(made)
  const live = { lambdaName: target.lambdaName, qualifier: 'live' }
  await made.run.aws.scaling.track(live, { name: 'terraform-policy', utilization: 0.8 })
  made.calls.made.length = 0
  const refused = await failureOf(scale(made, 'none'))
  expect(refused).toMatchObject({ code: 'CONFLICT' })
  expect(refused.message).toContain('terraform-policy')
  expect(made.changes()).toEqual([])
})

test('a dry run changes nothing', async () => {
  const made = canaryWorld()
  expect(await scale(made, wanted, true)).toMatchObject({ after: wanted, moves: { toAlias: 2 } })
  expect(made.changes()).toEqual([])
})

test('bounds beyond the reservation are refused before anything is changed', async () => {
  const made = canaryWorld()
  made.concurrency.reserved = 5
  const refused = await failureOf(scale(made))
  expect(refused).toMatchObject({ code: 'USAGE' })
  expect(refused.message).toContain("9 can't be provisioned for shop-checkout-prod")
  expect(made.changes()).toEqual([])
})

test('an alias in a release is not scaled', async () => {
  const made = canaryWorld()
  const alias = made.aliases.state.get('shop-checkout-prod')
  if (alias) made.aliases.state.set('shop-checkout-prod', { ...alias, weight: { version: '4', percent: 10 } })
  expect(await failureOf(scale(made))).toMatchObject({ code: 'CONFLICT' })
  expect(made.changes()).toEqual([])
})

test.each(['morning', 'morning 9-5 rate(1 day)', 'morning 5-9 0 7 * * *'])('%j is no schedule', (text) => {
  expect(parseSchedule(text, undefined)).toBeUndefined()
})

test("the environments of another tool's alias are not scaled, also if the file gives its versions some", async () => {
  const made = canaryWorld()
  made.provisioned.give('3', 5)
  const theirs = { ...target, codeOnly: { provisions: true } }
  for (const to of [wanted, 'none'] as const) {
    const failure = await failureOf(
      autoscale(made.run, theirs, { wanted: to, dryRun: false, onProgress: () => undefined }),
    )
    expect(failure.message).toMatch(/concurrency of alias live/)
  }
  expect(made.changes()).toEqual([])
})
