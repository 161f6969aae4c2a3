import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClock } from '../../src/sandbox/clock.ts'
import { createTimers } from '../../src/sandbox/lambda/records/timers.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'

const hour = 3_600_000
let folder: string
const running: Sandbox[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambdactl-speed-'))
})
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close()
  await rm(folder, { recursive: true, force: true })
})

async function begin(speed: number, stateDirectory?: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, accessKey: 'test', speed, stateDirectory })
  running.push(sandbox)
  return sandbox
}

/** The Date of an answer, and what it says of the clock. */
async function timeOf({ url }: Sandbox) {
  const { headers } = await fetch(url)
  const [time, speed] = (headers.get('x-lambdactl-clock') ?? '').split('; speed=').map(Number)
  return { date: Date.parse(headers.get('date') ?? ''), time, speed }
}

test('a sandbox of ordinary speed tells only the Date', async () => {
  const before = Date.now()
  const { date, speed } = await timeOf(await begin(1))
  expect(speed).toBeUndefined()
  expect(date).toBeGreaterThanOrEqual(before - 1000)
  expect(date).toBeLessThanOrEqual(Date.now())
})

test('a fast one tells its time and its speed, and Date is in whole seconds of it', async () => {
  const sandbox = await begin(1000)
  const { date, time = 0, speed } = await timeOf(sandbox)
  expect(speed).toBe(1000)
  expect(date).toBe(Math.floor(time / 1000) * 1000)
  const later = await timeOf(sandbox)
  expect(later.time).toBeGreaterThan(time)
})

test('delayed work waits by the clock, and repeated work leaves the machine time', async () => {
  const clock = createClock(1000)
  expect([clock.realMs(60_000), clock.beatMs(60_000), clock.beatMs(1000), clock.beatMs(10)]).toEqual([
    60, 60, 25, 10,
  ])
  const timers = createTimers(clock)
  const { promise, resolve } = Promise.withResolvers<void>()
  timers.after(60_000, resolve)
  await expect(promise).resolves.toBeUndefined()
})

test('the next sandbox with its state goes on where the time stood, at its own speed', async () => {
  const fast = createClock(1000)
  fast.kept.changes()
  fast.note()
  const [[key, json] = ['', '']] = [...fast.kept.changes()]
  const next = createClock()
  next.kept.apply([[key, JSON.parse(json ?? '') as number]])
  expect(next.isReal()).toBe(false)
  const noted = next.now()
  expect(noted).toBeGreaterThan(fast.now())
  // An undone note is no start.
  next.kept.apply([[key, noted + hour]])
  expect(next.now() - noted).toBeLessThan(hour)
})

test('a state folder’s time does not go back after a fast sandbox', async () => {
  const fast = await begin(1000, folder)
  const { time = 0 } = await timeOf(fast)
  await fast.close()
  const next = await timeOf(await begin(1, folder))
  expect(next.time).toBeGreaterThanOrEqual(time)
  expect(next.speed).toBe(1)
})
