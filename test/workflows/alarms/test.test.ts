import { expect, test } from 'vitest'
import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'
import { examineAlarms, fireAlarms } from '../../../src/workflows/alarms/test.ts'
import { failureOf, target, type World, world } from '../world.ts'

const topic = 'arn:aws:sns:eu-west-1:123456789012:pages'

async function watchedWorld(): Promise<World> {
  const made = world()
  made.aliases.byHand(target.lambdaName, { version: '1' })
  const limits = { throttles: 1 }
  for (const alarm of definitionsOf(target, { limits, actions: [topic], okActions: [] }))
    await made.run.aws.alarmSettings.put(alarm, {})
  await made.run.aws.alarmSettings.setState('shop-checkout-prod-live-throttles', 'OK', 'well')
  return made
}

test('an alarm is set to ALARM and put back, and its actions are asked for', async () => {
  const made = await watchedWorld()
  const examined = await examineAlarms(made.run, target, [])
  expect(examined).toMatchObject([{ evidence: { values: 0, breaching: 0 } }])
  const tested = await fireAlarms(made.run, target, examined)
  expect(tested.alarms).toMatchObject([{ informs: [topic], fired: { actions: [], succeeded: false } }])
  expect(made.changes().slice(-2)).toEqual(['alarmSettings.setState', 'alarmSettings.setState'])
  const [after] = await made.run.aws.alarmSettings.all()
  expect(after?.condition).toBe('OK')
})

test('an alarm that fires already is left as it is, and one of another function is not found', async () => {
  const made = await watchedWorld()
  await made.run.aws.alarmSettings.setState('shop-checkout-prod-live-throttles', 'ALARM', 'a fault')
  const before = made.changes().length
  const tested = await fireAlarms(made.run, target, await examineAlarms(made.run, target, []))
  expect(tested.alarms[0]).not.toHaveProperty('fired')
  expect(made.changes()).toHaveLength(before)
  expect(await failureOf(examineAlarms(made.run, target, ['other']))).toMatchObject({ code: 'NOT_FOUND' })
})

test('nothing is tested during a release, also if it begins after the look', async () => {
  const made = await watchedWorld()
  const examined = await examineAlarms(made.run, target, ['shop-checkout-prod-live-throttles'])
  made.aliases.byHand(target.lambdaName, { weight: { version: '2', percent: 10 } })
  const before = made.changes().length
  expect(await failureOf(examineAlarms(made.run, target, []))).toMatchObject({ code: 'CONFLICT' })
  expect(await failureOf(fireAlarms(made.run, target, examined))).toMatchObject({ code: 'CONFLICT' })
  expect(made.changes()).toHaveLength(before)
})

test('an alarm that begins to fire after the look is left as it is', async () => {
  const made = await watchedWorld()
  const examined = await examineAlarms(made.run, target, [])
  await made.run.aws.alarmSettings.setState('shop-checkout-prod-live-throttles', 'ALARM', 'a fault')
  const before = made.changes().length
  const tested = await fireAlarms(made.run, target, examined)
  expect(tested.alarms).toMatchObject([{ condition: 'ALARM' }])
  expect(made.changes()).toHaveLength(before)
})

test('each alarm is held against values of its own period', async () => {
  const made = await watchedWorld()
  const [minute] = definitionsOf(target, { limits: { errors: 5 }, actions: [], okActions: [] })
  if (!minute) throw new Error('one alarm is wanted')
  const series = minute.series.map(({ metric, ...rest }) => ({
    ...rest,
    ...(metric && { metric: { ...metric, periodMs: 300_000 } }),
  }))
  await made.run.aws.alarmSettings.put({ ...minute, series }, {})
  made.series = (_, { periodMs }) => [{ time: 0, value: periodMs / 60_000 }]
  expect((await examineAlarms(made.run, target, [])).map(({ evidence }) => evidence)).toMatchObject([
    { periodMs: 60_000, values: 1, worst: { value: 1 } },
    { periodMs: 300_000, values: 1, breaching: 1, worst: { value: 5 } },
  ])
})
