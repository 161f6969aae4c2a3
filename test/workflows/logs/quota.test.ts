import { describe, expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { logWorld, start } from './log-group.ts'
import { tailFor } from './tail-for.ts'

const second = 1000
const minute = 60 * second

function percentOf(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN
}

describe("the account's quota", () => {
  /** The most calls in any span of 10 s, a second. */
  const callsPerSecond = ({ asked }: ReturnType<typeof logWorld>) => {
    const most = asked.map((at) => asked.filter((other) => other >= at && other < at + 10 * second).length)
    return Math.max(...most) / 10
  }

  const twenty = Array.from({ length: 20 }, (_, at) => `group ${at}`)

  test('holds with twenty groups that begin to write, each of which is read within seconds', async () => {
    const world = logWorld()
    for (const name of twenty) world.groups.add(name)
    const tail = world.tail({ groups: async () => twenty })
    await world.clock.pass(10 * second)
    world.asked.length = 0
    for (const name of twenty)
      for (let time = 10 * second; time < 60 * second; time += second) world.write(time, time, name)
    await world.clock.pass(6 * minute)
    world.interrupt()
    await tail
    expect(world.given).toHaveLength(20 * 50)
    expect(callsPerSecond(world)).toBeLessThan(9)
    expect(Math.max(...world.delays())).toBeLessThan(6 * second)
  })

  test('with twenty groups that write: no line is out of order, and each comes within 3.5 s', async () => {
    const world = logWorld({ latencyMs: 50 })
    for (const [at, name] of twenty.entries()) {
      world.groups.add(name)
      for (let time = -minute; time < 40 * second; time += 500)
        world.write(time + at * 23, time + at * 23, name)
    }
    await tailFor(world, 50 * second, { groups: async () => twenty, start: start - minute })
    expect(world.given).toHaveLength(20 * 200)
    expect(world.late()).toEqual([])
    const delays = world.delaysSince(10 * second).toSorted((a, b) => a - b)
    expect(delays.at(-1)).toBeLessThan(3500)
    expect(callsPerSecond(world)).toBeLessThan(9)
    expect(world.notices).toEqual([{ notice: 'shared-quota', groups: 20, perSecond: 8, everyMs: 2857 }])
  })

  test('is told to be used by the calls that were made, not by those that waited at the end', async () => {
    const world = logWorld({ latencyMs: 50 })
    for (const name of twenty) world.groups.add(name)
    await tailFor(world, 5 * second, { groups: async () => twenty })
    expect(world.toldCalls()).toBe(world.asked.length)
  })

  test('with twenty groups of which two write, their lines come as quickly as those of a few groups', async () => {
    const world = logWorld({ latencyMs: 50 })
    for (const name of twenty) world.groups.add(name)
    for (let time = -minute; time < 40 * second; time += 500) {
      world.write(time, time, 'group 3')
      world.write(time + 100, time + 100, 'group 7')
    }
    await tailFor(world, 50 * second, { groups: async () => twenty, start: start - minute })
    expect(world.given).toHaveLength(2 * 200)
    expect(world.late()).toEqual([])
    expect(percentOf(world.delaysSince(10 * second), 50)).toBeLessThan(1200)
    expect(percentOf(world.delaysSince(10 * second), 99)).toBeLessThan(2000)
  })

  test('with five groups of which one writes every 20 s, no line is out of order', async () => {
    const world = logWorld({ latencyMs: 50 })
    const five = twenty.slice(0, 5)
    for (const name of five) {
      world.groups.add(name)
      if (name !== 'group 0')
        for (let time = 0; time < 60 * second; time += 230) world.write(time, time, name)
    }
    for (let time = 0; time < 60 * second; time += 20 * second) world.write(time + 7, time + 7, 'group 0')
    await tailFor(world, 70 * second, { groups: async () => five })
    expect(world.late()).toEqual([])
    expect(percentOf(world.delaysSince(5 * second), 99)).toBeLessThan(2000)
  })

  test('is shared with others: throttled calls become fewer, and all is read', async () => {
    const world = logWorld()
    const five = twenty.slice(0, 5)
    for (const name of five) world.groups.add(name)
    const written = five.flatMap((name) =>
      Array.from({ length: 120 }, (_, at) => world.write(at * second, at * second, name)),
    )
    // Another person's tail leaves 3 calls a second.
    let left = 3
    let filledAt = start
    let refused = 0
    world.failing(() => {
      const now = world.clock.now()
      left = Math.min(3, left + ((now - filledAt) * 3) / 1000)
      filledAt = now
      if (left >= 1) left -= 1
      else {
        refused += 1
        return new LambdactlError('AWS_UNAVAILABLE', 'Rate exceeded')
      }
      return undefined
    })
    await tailFor(world, 3 * minute, { groups: async () => five })
    expect(world.messages().toSorted()).toEqual(written.toSorted())
    expect(refused / world.asked.length).toBeLessThan(0.35)
  })

  test('holds with a group that writes 4 pages in 10 s, and news come as quickly', async () => {
    const world = logWorld({ pageSize: 100 })
    for (let time = 0; time < 2 * minute; time += 25) world.write(time, time + (time % 1000 ? 0 : 8 * second))
    await tailFor(world, 6 * minute)
    expect(world.given).toHaveLength((2 * minute) / 25)
    expect(callsPerSecond(world)).toBeLessThan(9)
    expect(world.delays().toSorted((a, b) => a - b)[Math.floor(world.delays().length * 0.9)]).toBeLessThan(
      1100,
    )
  })
})
