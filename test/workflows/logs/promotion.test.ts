import { describe, expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { formatRecord } from '../../../src/release/values/record.ts'
import { tailLogs } from '../../../src/workflows/logs/tail.ts'
import { readyFunction } from '../fake-functions.ts'
import { logWorld, start } from './log-group.ts'

const second = 1000
const minute = 60 * second
const promoted = 30_050

const before: AliasState = {
  name: 'live',
  version: '3',
  weight: { version: '4', percent: 10 },
  description: '',
  revisionId: 'r',
}
const record = {
  id: 'a1',
  strategy: 'canary',
  phase: 'done',
  step: 1,
  steps: 1,
  candidate: '4',
  held: ['4', '3'],
} as const
const after: AliasState = {
  name: 'live',
  version: '4',
  description: formatRecord({ ...record, since: start + promoted }),
  revisionId: 's',
}

/** Tails `shop`, of which version 4 is promoted; returns the lines, which tell their version and their time. */
async function tailOver(
  promotion: AliasState,
  role: 'stable' | 'candidate',
  failing: (after: number) => boolean = () => false,
) {
  const get = async () => {
    const now = world.clock.now() - start
    if (failing(now)) throw new LambdactlError('UNREACHABLE', 'no')
    return now < promoted ? before : promotion
  }
  const functions = { get: async () => ({ ...readyFunction('shop'), logGroup: '/aws/lambda/shop' }) }
  const world = logWorld({ aws: { aliases: { get }, functions } as never })
  world.groups.add('/aws/lambda/shop')
  for (const version of ['3', '4']) {
    for (let time = 0; time < minute; time += 100) {
      world.write(time, time, '/aws/lambda/shop')
      const stream = `2026/11/27/[${version}]ab`
      Object.assign(world.stored.at(-1) ?? {}, { stream, message: `${version} ${time}` })
    }
  }
  const lines: string[] = []
  let longestMs = 0
  const tail = tailLogs(
    world.run,
    {
      functions: { sources: [{ name: 'shop', lambdaName: 'shop' }], deploy: 'deploy' },
      versions: { alias: 'live', roles: [role] },
      start,
      isFollowed: true,
    },
    {
      notice: () => undefined,
      async lines(found) {
        for (const { event } of found) {
          lines.push(event.message)
          longestMs = Math.max(longestMs, world.clock.now() - event.timestamp)
        }
      },
    },
  )
  await world.clock.pass(2 * minute)
  world.interrupt()
  await world.clock.pass(second)
  await tail
  return { lines, longestMs }
}

const times = Array.from({ length: 600 }, (_, at) => at * 100)

describe('version 4 is promoted: its lines are judged by what the alias said at their time', () => {
  test('the release tells the time of the promotion', async () => {
    const stable = await tailOver(after, 'stable')
    expect(stable.lines).toEqual(times.map((time) => (time < promoted ? `3 ${time}` : `4 ${time}`)))
    const candidate = await tailOver(after, 'candidate')
    expect(candidate.lines).toEqual(times.filter((time) => time < promoted).map((time) => `4 ${time}`))
  })

  test('without a record, lines between two looks are those of either version', async () => {
    const { lines } = await tailOver({ ...after, description: '' }, 'stable')
    expect(lines).toEqual(
      expect.arrayContaining(times.map((time) => (time < promoted ? `3 ${time}` : `4 ${time}`))),
    )
    expect(lines.length).toBeLessThan(times.length + 15)
  })

  test('lines wait for the next look at the alias, and not long if nobody answers', async () => {
    const { lines, longestMs } = await tailOver(after, 'stable', (now) => now > 10_000 && now < 25_000)
    expect(lines).toEqual(times.map((time) => (time < promoted ? `3 ${time}` : `4 ${time}`)))
    expect(longestMs).toBeLessThan(6000)
  })
})
