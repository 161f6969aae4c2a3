import { expect, test } from 'vitest'
import { lastLines } from '../../../src/workflows/logs/last-lines.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { start, target, world } from '../world.ts'

const minute = 60_000
const functions = {
  sources: [{ name: 'checkout', lambdaName: target.lambdaName }],
  deploy: 'lambdactl deploy',
}

test('the last lines come with the notice of a group that may not be read', async () => {
  const made = world()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  made.calls.faults.push(({ name }) =>
    name === 'logEvents.page' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  const last = await lastLines(
    made.run,
    { functions, isFollowed: false },
    { count: 5, isShown: () => true, since: start - 1000 },
  )
  expect(last).toMatchObject({ lines: [], notices: [{ notice: 'denied' }] })
})

test('throttled requests are read once, of the time in which the last lines were found', async () => {
  const made = world()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  made.throttled = [{ time: start - 2 * 60 * minute, count: 3 }]
  const stream = `2026/11/21/${target.lambdaName}[4]ab`
  const timestamp = start - 3 * 60 * minute
  made.page = (since) => ({
    events: since <= timestamp ? [{ id: '1', timestamp, ingested: timestamp, message: 'hello', stream }] : [],
    next: undefined,
  })
  const wanted = { count: 1, isShown: () => true, since: undefined }
  const read = async (tail: { tellsThrottles: boolean; isFollowed: boolean }) => {
    made.calls.made.length = 0
    const last = await lastLines(made.run, { functions, ...tail }, wanted)
    expect(last.lines).toHaveLength(1)
    return {
      notices: last.notices,
      reads: made.calls.made.filter(({ name }) => name === 'metrics.throttles'),
    }
  }
  expect(await read({ tellsThrottles: true, isFollowed: false })).toMatchObject({
    notices: [{ notice: 'throttled', count: 3 }],
    reads: [{}],
  })
  for (const isFollowed of [true, false])
    expect(await read({ tellsThrottles: isFollowed, isFollowed })).toEqual({ notices: [], reads: [] })
})
