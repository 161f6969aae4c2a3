import { expect, test } from 'vitest'
import { withoutOthersCalls } from '../../../src/workflows/release-only/others-calls.ts'
import { failureOf, target, world } from '../world.ts'

const other = { lambdaName: 'shop-cart-prod' }

test("a call that belongs to the function's own tool is a bug, and is not made", async () => {
  const made = world()
  const aws = withoutOthersCalls(made.run.aws, [{ ...target, codeOnly: { provisions: false } }, other])
  const { lambdaName } = target
  for (const call of [
    () => aws.functions.updateSettings(lambdaName, { memoryMb: 1024 }, 'r1'),
    () => aws.attachments.tag(lambdaName, { team: 'shop' }),
    () => aws.attachments.setRuntimeUpdates(lambdaName, '1', { on: 'auto', version: '' }),
    () => aws.concurrency.reserve(lambdaName, 0),
    () => aws.concurrency.provision(lambdaName, '1', 1),
    () => aws.scaling.register({ lambdaName, qualifier: 'live' }, { min: 1, max: 2 }),
  ]) {
    expect((await failureOf(call())).message).toMatch(/belongs to the tool that makes this function/)
  }
  expect(made.calls.made).toEqual([])
  await aws.concurrency.reserve(other.lambdaName, 1)
  await aws.concurrency.reserved(lambdaName)
  expect(made.calls.made.map(({ name }) => name)).toEqual(['concurrency.reserve', 'concurrency.reserved'])
})

test('provisioned concurrency that the file gives is for versions, never for the alias', async () => {
  const made = world()
  const aws = withoutOthersCalls(made.run.aws, [{ ...target, codeOnly: { provisions: true } }])
  await aws.concurrency.provision(target.lambdaName, '1', 1)
  expect((await failureOf(aws.concurrency.unprovision(target.lambdaName, 'live'))).message).toMatch(
    /unprovision/,
  )
  expect(made.changes()).toEqual(['concurrency.provision'])
})
