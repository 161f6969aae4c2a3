import { beforeEach, expect, test } from 'vitest'
import { findRequest } from '../../../src/workflows/logs/find-request.ts'
import type { Notice } from '../../../src/workflows/logs/notice.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

const one = '8f2c1a90-1111-4222-8333-444455556666'
const other = '8f2c1a91-1111-4222-8333-444455556666'

let made: World

beforeEach(() => {
  made = world()
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
})

/** Has the log say START and REPORT of requests, one second each. */
function logged(...ids: string[]): void {
  const stream = `2026/11/21/${target.lambdaName}[4]ab`
  const events = ids.flatMap((id, at) =>
    [`START RequestId: ${id} Version: 4`, `REPORT RequestId: ${id}\tDuration: 1 ms`].map((message, part) => {
      const timestamp = start + 1000 * (at + part)
      return { id: `${at} ${part}`, stream, timestamp, ingested: timestamp, message }
    }),
  )
  made.page = () => ({ events, next: undefined })
}

const notices: Notice[] = []

function find(prefix: string) {
  notices.length = 0
  const functions = {
    sources: [{ name: 'checkout', lambdaName: target.lambdaName }],
    deploy: 'lambdactl deploy',
  }
  return findRequest(made.run, { functions, start }, prefix, (notice) => notices.push(notice))
}

test('the begin of an id finds the request, with the times of its lines', async () => {
  logged(one, other)
  expect(await find('8f2c1a90')).toEqual({ id: one, first: start, last: start + 1000 })
})

test('a begin that several requests have is refused with their ids', async () => {
  logged(one, other)
  expect(await failureOf(find('8f2c1'))).toMatchObject({
    code: 'USAGE',
    message: `2 requests begin with 8f2c1: ${one}, ${other}.`,
  })
})

test('a request that no line names is not found', async () => {
  logged(one)
  expect(await failureOf(find('0000'))).toMatchObject({ code: 'NOT_FOUND' })
})

test('in a group that may not be read, nobody knows whether there is one', async () => {
  made.calls.faults.push(({ name }) =>
    name === 'logEvents.page' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  expect(await failureOf(find('8f2c1a90'))).toMatchObject({ code: 'NOT_PERMITTED' })
  expect(notices).toMatchObject([{ notice: 'denied' }])
})
