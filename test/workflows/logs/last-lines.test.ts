import { expect, test } from 'vitest'
import { lastLines } from '../../../src/workflows/logs/last-lines.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { start, target, world } from '../world.ts'

test('the last lines come with the notice of a group that may not be read', async () => {
  const made = world()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  made.calls.faults.push(({ name }) =>
    name === 'logEvents.page' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  const functions = {
    sources: [{ name: 'checkout', lambdaName: target.lambdaName }],
    deploy: 'lambdactl deploy',
  }
  const last = await lastLines(
    made.run,
    { functions },
    { count: 5, isShown: () => true, since: start - 1000 },
  )
  expect(last).toMatchObject({ lines: [], notices: [{ notice: 'denied' }] })
})
