import { beforeEach, describe, expect, test } from 'vitest'
import type { LogEvent } from '../../../src/logs/model/event.ts'
import type { ShownLine } from '../../../src/logs/model/shown-line.ts'
import type { Notice } from '../../../src/workflows/logs/notice.ts'
import { type Tail, tailLogs } from '../../../src/workflows/logs/tail.ts'
import { awsError } from '../calls.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

const id = '8f2c1a90-1111-4222-8333-444455556666'

/** An event that can be read from `arrives` on; times count from the start. */
interface Arrival extends Omit<LogEvent, 'group'> {
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

const functions = {
  sources: [{ name: 'checkout', lambdaName: target.lambdaName }],
  deploy: 'lambdactl deploy',
}

async function tail(changed: Partial<Tail> = {}) {
  const lines: ShownLine[] = []
  const notices: Notice[] = []
  await tailLogs(
    made.run,
    { functions, start, isFollowed: false, ...changed },
    { lines: async (found) => void lines.push(...found), notice: (notice) => notices.push(notice) },
  )
  return {
    lines: lines.map(({ event }) => event.message),
    ids: lines.map(({ requestId }) => requestId),
    notices,
  }
}

test('all that is there is read over its pages, and without follow that is all', async () => {
  for (const after of [0, 1, 2, 3, 4]) write(-1000 + after, `line ${after}`, 0)
  write(2000, 'later')
  const { lines } = await tail({ start: start - 1000 })
  expect(lines).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4'])
  expect(made.calls.made.filter(({ name }) => name === 'logEvents.page')).toHaveLength(3)
})

test('what is older than asked for is not shown', async () => {
  write(-1000, 'old', 0)
  write(0, 'new')
  expect((await tail()).lines).toEqual(['new'])
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
  expect((await tail()).lines).toEqual(['hello'])
})

test('only the lines of the version that is asked for', async () => {
  write(0, 'three', 0, '3')
  write(1, 'four')
  expect((await tail({ versions: { version: '3' } })).lines).toEqual(['three'])
})

test('lines know their request, over pages and reads', async () => {
  write(0, `START RequestId: ${id} Version: 4`)
  write(1, 'one', 0)
  write(2, 'two', 0)
  expect((await tail()).ids).toEqual([id, id, id])
})

test('a function that does not exist has no logs', async () => {
  made.functions.state.clear()
  expect(await failureOf(tail())).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no function shop-checkout-prod to read logs of.',
  })
})

test('a function whose log group does not exist yet has logged nothing', async () => {
  made.calls.faults.push(({ name }) =>
    name === 'logEvents.page' ? { error: awsError('NOT_FOUND') } : undefined,
  )
  const logGroup = made.functions.state.get(target.lambdaName)?.logGroup
  expect(await failureOf(tail())).toMatchObject({
    code: 'NOT_FOUND',
    message: `There is no log group ${logGroup}: shop-checkout-prod has logged nothing yet.`,
    next: ['Invoke the function, or follow its log without --no-follow.'],
  })
})

describe('versions are chosen by the alias as it is now', () => {
  const candidate = { alias: 'live', roles: ['candidate'] as const }
  const alias = (weight: { version: string; percent: number } | undefined) =>
    made.aliases.state.set(target.lambdaName, {
      name: 'live',
      version: '3',
      ...(weight ? { weight } : {}),
      description: '',
      revisionId: 'r',
    })

  test('the candidate is the version that a weight names, and stable the other', async () => {
    alias({ version: '4', percent: 10 })
    write(0, 'three', 0, '3')
    write(1, 'four', 0)
    write(2, 'two', 0, '2')
    expect((await tail({ versions: candidate })).lines).toEqual(['four'])
    expect((await tail({ versions: { alias: 'live', roles: ['stable'] } })).lines).toEqual(['three'])
    expect((await tail({ versions: { alias: 'live', roles: ['stable', 'candidate'] } })).lines).toEqual([
      'three',
      'four',
    ])
  })

  test('without the alias no line is of its versions', async () => {
    write(1, 'four', 0)
    const stable = { alias: 'live', roles: ['stable'] } as const
    expect(await failureOf(tail({ versions: stable }))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'There is no alias live of checkout.',
    })
  })

  test('without a candidate that is said', async () => {
    alias(undefined)
    write(1, 'four', 0)
    const { lines, notices } = await tail({ versions: candidate })
    expect(lines).toEqual([])
    expect(notices).toEqual([{ notice: 'no-candidate', function: 'checkout', alias: 'live' }])
  })
})

test('functions of the account that a pattern fits are read, under their names', async () => {
  write(0, 'hello')
  const chooses = (name: string) => (name.startsWith('shop-') ? name : undefined)
  expect((await tail({ functions: { ...functions, sources: [], chooses } })).lines).toEqual(['hello'])
})
