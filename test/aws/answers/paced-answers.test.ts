import type { DeserializeMiddleware } from '@smithy/types'
import { expect, test } from 'vitest'
import { pacedAnswers } from '../../../src/aws/answers/paced-answers.ts'
import type { PacedSample } from '../../../src/aws/answers/paced-time.ts'

type Middleware = DeserializeMiddleware<object, object>

const later = 'Sat, 28 Nov 2026 12:00:00 GMT'

/** A client's middleware, and what is learned by it. */
function client() {
  const learned: (PacedSample | undefined)[] = []
  let made: Middleware | undefined
  const stack = { add: (middleware: Middleware) => void (made = middleware) }
  pacedAnswers((sample) => void learned.push(sample)).applyToStack(stack as never)
  return { learned, middleware: made }
}

/** The time that is learned from an answer of a host, and the Date that the SDK then sees. */
async function answered(
  hostname: string,
  more: Record<string, string>,
  isRefused = false,
  { learned, middleware } = client(),
) {
  const headers: Record<string, string> = { date: later, ...more }
  const next = async () => {
    if (isRefused) throw Object.assign(new Error('refused'), { $response: { headers } })
    return { response: { headers }, output: { $metadata: {} } }
  }
  const run = middleware?.(next, {})
  await run?.({ input: {}, request: { hostname } }).catch(() => undefined)
  return {
    learned: learned.map((sample) => sample && { time: sample.time, speed: sample.speed }),
    date: headers['date'],
  }
}

const fast = { 'x-lambdactl-clock': '1795867200000; speed=60' }

test.each([
  ['an answer', false],
  ['a refusal', true],
])(
  'the time of a fast sandbox is learned from %s, and the SDK sees this machine’s Date',
  async (_, isRefused) => {
    const { learned, date } = await answered('127.0.0.1', fast, isRefused)
    expect(learned).toEqual([{ time: 1_795_867_200_000, speed: 60 }])
    expect(Math.abs(Date.parse(date ?? '') - Date.now())).toBeLessThan(60_000)
  },
)

test.each([
  ['another machine that says so', 'lambda.eu-west-1.amazonaws.com', fast],
  ['a server on this machine that does not say so', '127.0.0.1', {}],
])('nothing is learned from %s, and its Date stays', async (_, hostname, headers) => {
  expect(await answered(hostname, headers)).toEqual({ learned: [], date: later })
})

test('a server that stops telling its time was started again at real speed, which is learned once', async () => {
  const one = client()
  await answered('127.0.0.1', fast, false, one)
  await answered('127.0.0.1', {}, true, one)
  expect(await answered('127.0.0.1', {}, false, one)).toEqual({
    learned: [{ time: 1_795_867_200_000, speed: 60 }, undefined],
    date: later,
  })
})
