import { expect, test } from 'vitest'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { awsError } from '../calls.ts'
import { canary, deployed, service } from '../service.ts'
import { failureOf, target, world } from '../world.ts'

test('a rolled back content is known by the alias alone where the journal can not be read', async () => {
  const made = world()
  await using shop = await service()
  await deployed(made, shop)
  await shop.write('def handler(event, context):\n    return 2\n')
  made.clock.at(made.clock.now() + 30_000, () => {
    made.alarms = { errors: [[0, 'ALARM']] }
  })
  expect(await failureOf(releaseFunction(made.run, target, shop.fn, canary))).toMatchObject({
    code: 'ROLLED_BACK',
  })
  made.alarms = { errors: [[0, 'OK']] }
  made.calls.faults.push(({ name }) =>
    name === 'journal.since' ? { error: awsError('NOT_PERMITTED', 'No FilterLogEvents.') } : undefined,
  )
  const again = releaseFunction(made.run, target, shop.fn, { ...canary, isProtected: true })
  expect(await failureOf(again)).toMatchObject({
    code: 'PREFLIGHT_FAILED',
    message: expect.stringMatching(/exactly this content was rolled back \d+ s ago: .*errors/) as string,
  })
  expect(made.events).toContainEqual(
    expect.objectContaining({
      event: 'warning',
      text: expect.stringContaining('No FilterLogEvents.') as string,
    }),
  )
})
