import { expect, test } from 'vitest'
import { type Answer, driveTraffic, type TrafficAccount } from '../../src/workflows/drive-traffic.ts'
import { fakeClock } from './fake-clock.ts'

const never = new AbortController().signal

/** Traffic whose nth invocation, from 1 on, has this answer. */
async function drive(
  answer: (nth: number) => Answer | Promise<Answer>,
  options: { rate: number; forMs?: number },
  signal = never,
) {
  const seconds: TrafficAccount[] = []
  let nth = 0
  const invoke = async () => answer(++nth)
  const onFigures = (account: TrafficAccount) => void seconds.push(account)
  const all = await driveTraffic({ forMs: undefined, ...options, invoke, onFigures }, fakeClock(0), signal)
  return { all, seconds }
}

test('it keeps the rate, and tells of each second and of all', async () => {
  const { all, seconds } = await drive(() => ({ version: '1', durationMs: 5 }), { rate: 4, forMs: 3000 })
  expect(all).toEqual({
    elapsedMs: 3000,
    invocations: 12,
    errors: 0,
    p50Ms: 5,
    p99Ms: 5,
    versions: [{ version: '1', invocations: 12, errors: 0, p50Ms: 5, p99Ms: 5 }],
    failures: [],
    unsent: 0,
  })
  expect(seconds.map(({ elapsedMs }) => elapsedMs)).toEqual([1000, 1000])
})

test('versions, errors and times are counted apart', async () => {
  const answers = (nth: number): Answer => {
    if (nth % 10 === 0) return { error: 'TooManyRequestsException', durationMs: 1 }
    if (nth % 2 === 0) return { version: '10', error: 'Unhandled', durationMs: 100 + nth }
    return { version: '9', durationMs: nth }
  }
  const { all } = await drive(answers, { rate: 100, forMs: 1000 })
  expect(all).toMatchObject({
    invocations: 100,
    errors: 50,
    failures: [
      { error: 'Unhandled', count: 40 },
      { error: 'TooManyRequestsException', count: 10 },
    ],
  })
  expect(all.versions).toEqual([
    { version: '9', invocations: 50, errors: 0, p50Ms: 49, p99Ms: 99 },
    { version: '10', invocations: 40, errors: 40, p50Ms: 148, p99Ms: 198 },
  ])
})

test('no answer is waited for before the next call, and beyond 1,000 under way none is sent', async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const driving = drive(() => promise, { rate: 1000, forMs: 1500 })
  setImmediate(() => resolve({ version: '1', durationMs: 1500 }))
  const { all } = await driving
  expect({ invocations: all.invocations, unsent: all.unsent }).toEqual({ invocations: 1000, unsent: 500 })
})

test('a signal ends it with the figures so far', async () => {
  const controller = new AbortController()
  const answer = (nth: number) => {
    if (nth === 7) controller.abort()
    return { version: '1', durationMs: 1 }
  }
  const { all } = await drive(answer, { rate: 5 }, controller.signal)
  expect(all.invocations).toBe(7)
})

test('a sandbox that is gone ends it', async () => {
  const answer = (nth: number) => (nth < 3 ? { durationMs: 1 } : Promise.reject(new Error('gone')))
  await expect(drive(answer, { rate: 5 })).rejects.toThrow('gone')
})
