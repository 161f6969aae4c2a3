import { beforeEach, describe, expect, test } from 'vitest'
import type { LogEvent } from '../../src/ports/log-events.ts'
import { type TailNotice, type TailOptions, tailLogs } from '../../src/workflows/tail-logs.ts'
import { awsError, failing } from './calls.ts'
import { readyFunction } from './fake-functions.ts'
import { failureOf, start, target, type World, world } from './world.ts'

const id = '8f2c1a90-1111-4222-8333-444455556666'

/** An event that can be read from `arrives` on; times count from the start. */
interface Arrival extends LogEvent {
  arrives: number
}

let made: World
let log: Arrival[]

beforeEach(() => {
  made = world()
  log = []
  const found = { ...readyFunction(target.lambdaName), logGroup: '/custom/group' }
  made.functions.state.set(target.lambdaName, found)
  made.page = (since, next) => {
    const there = log.filter(
      ({ timestamp, arrives }) => timestamp >= since && start + arrives <= made.clock.now(),
    )
    const sorted = there.toSorted((a, b) => a.timestamp - b.timestamp)
    const from = Number(next ?? 0)
    return {
      events: sorted.slice(from, from + 2),
      next: from + 2 < sorted.length ? String(from + 2) : undefined,
    }
  }
})

function write(after: number, message: string, arrives = after, version = '4'): void {
  const timestamp = start + after
  const event = {
    id: `${after} ${message}`,
    stream: `2026/11/21/${target.lambdaName}[${version}]ab`,
    timestamp,
    ingested: timestamp,
  }
  log.push({ ...event, message, arrives })
}

/** Tails, and interrupts a following tail after a time. */
async function tail(changed: Partial<TailOptions> = {}, untilAfter = 5000) {
  const lines: string[] = []
  const notices: TailNotice[] = []
  made.clock.at(start + untilAfter, made.interrupt)
  const options = { agoMs: 0, follow: true, version: undefined, ...changed }
  const add = async (found: { message: string }[]) => void lines.push(...found.map(({ message }) => message))
  await tailLogs(made.run, target, options, add, (notice) => notices.push(notice))
  return { lines, notices }
}

test('all that is there is read over its pages, and without follow that is all', async () => {
  for (const after of [0, 1, 2, 3, 4]) write(-1000 + after, `line ${after}`, 0)
  write(2000, 'later')
  const { lines } = await tail({ agoMs: 1000, follow: false })
  expect(lines).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4'])
  expect(made.calls.made.filter(({ name }) => name === 'logEvents.page')).toHaveLength(3)
})

test('what is older than asked for is not shown', async () => {
  write(-1000, 'old', 0)
  write(0, 'new')
  expect((await tail({ follow: false })).lines).toEqual(['new'])
})

test('an empty page with a token is not the end', async () => {
  const stream = `2026/11/21/${target.lambdaName}[4]ab`
  const pages = [
    { events: [], next: 'a' },
    { events: [], next: 'b' },
    {
      events: [{ id: '1', stream, timestamp: start, ingested: start, message: 'hello' }],
      next: undefined,
    },
  ]
  made.page = () => pages.shift() ?? { events: [], next: undefined }
  expect((await tail({ follow: false })).lines).toEqual(['hello'])
})

test('new lines are followed until the interrupt, each once', async () => {
  write(0, 'a')
  write(1500, 'b')
  write(3500, 'c')
  write(60_000, 'never')
  expect((await tail()).lines).toEqual(['a', 'b', 'c'])
  expect(made.clock.now()).toBe(start + 5000)
})

test('a late line appears, once', async () => {
  write(3000, 'on time')
  write(1000, 'late', 6000)
  write(7000, 'after')
  expect((await tail({}, 12_000)).lines).toEqual(['on time', 'late', 'after'])
})

test('only the lines of the version that is asked for', async () => {
  write(0, 'three', 0, '3')
  write(1, 'four')
  expect((await tail({ version: '3', follow: false })).lines).toEqual(['three'])
})

test('lines know their request, over pages and reads', async () => {
  write(0, `START RequestId: ${id} Version: 4`)
  write(1, 'one')
  write(2, 'two')
  write(2500, 'three')
  const ids = new Set<string | undefined>()
  made.clock.at(start + 5000, made.interrupt)
  const options = { agoMs: 0, follow: true, version: undefined }
  const add = async (lines: { requestId: string | undefined }[]) => {
    for (const { requestId } of lines) ids.add(requestId)
  }
  await tailLogs(made.run, target, options, add, (notice) => expect.fail(notice.notice))
  expect([...ids]).toEqual([id])
})

describe('a group that does not exist yet', () => {
  const missing = () =>
    made.calls.faults.push(({ name, time }) =>
      name === 'logEvents.page' && time < start + 3000 ? { error: awsError('NOT_FOUND') } : undefined,
    )

  test('is waited for, told once', async () => {
    missing()
    write(2500, 'first')
    expect(await tail()).toEqual({
      lines: ['first'],
      notices: [{ notice: 'waiting-for-group', group: '/custom/group' }],
    })
  })

  test('ends a tail that does not follow, told', async () => {
    missing()
    expect(await tail({ follow: false })).toEqual({
      lines: [],
      notices: [{ notice: 'waiting-for-group', group: '/custom/group' }],
    })
  })
})

describe('while AWS does not answer', () => {
  test.each(['UNREACHABLE', 'AWS_UNAVAILABLE'] as const)(
    'a tail asks again, and loses nothing: %s',
    async (code) => {
      const reads = [2, 3, 5].map((nth) => failing('logEvents.page', nth, { error: awsError(code) }))
      made.calls.faults.push(...reads)
      write(0, 'a')
      write(1500, 'b')
      write(3500, 'c')
      const { lines, notices } = await tail({}, 9000)
      expect(lines).toEqual(['a', 'b', 'c'])
      expect(notices).toEqual([
        { notice: 'retrying', reason: `AWS said ${code}` },
        { notice: 'retrying', reason: `AWS said ${code}` },
      ])
    },
  )

  test('in the midst of pages too', async () => {
    for (const after of [0, 1, 2, 3, 4]) write(after, `line ${after}`, 0)
    made.calls.faults.push(failing('logEvents.page', 2, { error: awsError('UNREACHABLE') }))
    expect((await tail()).lines).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4'])
  })

  test('a tail that does not follow fails', async () => {
    made.calls.faults.push(failing('logEvents.page', 1, { error: awsError('UNREACHABLE') }))
    expect(await failureOf(tail({ follow: false }))).toMatchObject({ code: 'UNREACHABLE' })
  })
})

test('what waiting does not cure ends the tail', async () => {
  made.calls.faults.push(failing('logEvents.page', 2, { error: awsError('NOT_PERMITTED') }))
  expect(await failureOf(tail())).toMatchObject({ code: 'NOT_PERMITTED' })
})

test('a function that does not exist has no logs', async () => {
  made.functions.state.clear()
  expect(await failureOf(tail())).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no function shop-checkout-prod to read logs of.',
  })
})
