import { expect, test } from 'vitest'
import { carryOutEnsure } from '../../../src/workflows/alarms/carry-out.ts'
import { planEnsure } from '../../../src/workflows/alarms/ensure.ts'
import { awsError, failing } from '../calls.ts'
import { failureOf, target, type World, world } from '../world.ts'

const names = ['shop-checkout-prod-live-errors', 'shop-checkout-prod-live-throttles']
const planFor = ({ run }: World, limits: { errors?: number; throttles?: number }) =>
  planEnsure(run, [{ target, wanted: { limits, actions: [], okActions: [] } }], 'shop')
const alarmsOf = async ({ run }: World) =>
  (await run.aws.alarmSettings.named(names)).map(({ definition }) => definition?.threshold)

async function ensuredWorld(): Promise<World> {
  const made = world()
  made.aliases.byHand(target.lambdaName, { version: '1' })
  await carryOutEnsure(made.run, await planFor(made, { errors: 5 }))
  return made
}

test('an error in the middle names the commands that undo the changes before it', async () => {
  const made = world()
  const plan = await planFor(made, { errors: 5, throttles: 1 })
  made.calls.faults.push(failing('alarmSettings.put', 2, { error: awsError('AWS_REFUSED', 'No.') }))
  expect(await failureOf(carryOutEnsure(made.run, plan))).toMatchObject({
    code: 'AWS_REFUSED',
    next: [`To undo what was done: aws cloudwatch delete-alarms --alarm-names ${names[0]}`],
  })
})

test('an alarm that somebody makes or changes after the look is not replaced', async () => {
  const made = await ensuredWorld()
  const [theirs] = (await planFor(world(), { throttles: 9 })).functions.flatMap(({ changes }) => changes)
  if (theirs?.kind !== 'make') throw new Error('one alarm is to be made')
  const making = await planFor(made, { errors: 5, throttles: 1 })
  await made.run.aws.alarmSettings.put(theirs.alarm, {})
  expect(await failureOf(carryOutEnsure(made.run, making))).toMatchObject({
    code: 'CONFLICT',
    message: `Somebody has changed alarms since lambdactl read them: ${names[1]}.`,
  })
  const removing = await planFor(made, {})
  await carryOutEnsure(made.run, await planFor(made, { errors: 6 }))
  expect(await failureOf(carryOutEnsure(made.run, removing))).toMatchObject({ code: 'CONFLICT' })
  expect(await alarmsOf(made)).toEqual([6, 9])
})

test('during a release an alarm is made, and none is changed or removed', async () => {
  const made = await ensuredWorld()
  made.aliases.byHand(target.lambdaName, { weight: { version: '2', percent: 10 } })
  for (const limits of [{ errors: 6 }, {}])
    expect(await failureOf(carryOutEnsure(made.run, await planFor(made, limits)))).toMatchObject({
      code: 'CONFLICT',
    })
  await carryOutEnsure(made.run, await planFor(made, { errors: 5, throttles: 1 }))
  expect(await alarmsOf(made)).toEqual([5, 1])
})
