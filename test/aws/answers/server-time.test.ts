import { describe, expect, test } from 'vitest'
import { serverTime, timeOfHeader } from '../../../src/aws/answers/server-time.ts'

const hour = 3_600_000
const noon = Date.parse('2026-11-21T12:00:00Z')

/** A machine whose clock is so much ahead, and an AWS that tells whole seconds. */
function machine(aheadMs: number) {
  let passed = 5000.5
  let ahead = aheadMs
  const time = serverTime({ wall: () => noon + passed + ahead, monotonic: () => passed })
  return {
    time,
    pass: (ms: number) => void (passed += ms),
    jump: (ms: number) => void (ahead += ms),
    /** AWS's own time. */
    truth: () => noon + passed,
    /** One answer, which takes a while; as AWS tells the time, or off by so much. */
    ask(tookMs = 40, lieMs = 0) {
      const sentAt = passed
      passed += tookMs
      const date = Math.floor((noon + passed - tookMs / 2 + lieMs) / 1000) * 1000
      time.learn({ date, sentAt, receivedAt: passed })
    },
    error: () => time.now() - (noon + passed),
  }
}

type Machine = ReturnType<typeof machine>

function ask(one: Machine, times: number, lieMs = 0): void {
  for (let nth = 0; nth < times; nth += 1) {
    one.pass(370)
    one.ask(40, lieMs)
  }
}

test('before an answer the time is this machine’s', () => {
  expect(machine(hour).error()).toBe(hour)
})

test.each([hour, -hour, 61_000, -61_000])(
  'a clock that is off by %s ms is not gone by from the first answer on',
  (ahead) => {
    const one = machine(ahead)
    one.ask()
    expect(Math.abs(one.error())).toBeLessThanOrEqual(1040)
    ask(one, 10)
    expect(Math.abs(one.error())).toBeLessThan(200)
  },
)

test('a clock that is right is gone by, to the millisecond', () => {
  const one = machine(0)
  for (let nth = 0; nth < 100; nth += 1) {
    ask(one, 1)
    expect(one.error()).toBe(0)
  }
  expect(one.time.skewMs()).toBe(0)
})

test('skew is told once two answers agree on it', () => {
  const one = machine(hour)
  one.ask()
  expect(one.time.skewMs()).toBe(0)
  ask(one, 3)
  expect(Math.abs(one.time.skewMs() - hour)).toBeLessThan(1100)
})

describe.each([0, hour, -hour])('where the clock is off by %s ms', (ahead) => {
  test.each([hour, -hour, 86_400_000])('one answer that is off by %s ms moves nothing, and two do', (lie) => {
    const one = machine(ahead)
    ask(one, 10)
    ask(one, 1, lie)
    expect(Math.abs(one.error())).toBeLessThan(200)
    ask(one, 1)
    ask(one, 1, lie)
    expect(Math.abs(one.error())).toBeLessThan(200)
    ask(one, 2, lie)
    expect(Math.abs(one.error() - lie)).toBeLessThan(1100)
  })

  test('a lie that comes first is given up soon', () => {
    const one = machine(ahead)
    ask(one, 1, 5 * hour)
    ask(one, 2)
    expect(Math.abs(one.error())).toBeLessThan(1100)
  })

  test('no Date at all, or one that is none, is nothing', () => {
    const one = machine(ahead)
    ask(one, 10)
    one.time.learn({ date: Date.parse('tomorrow, perhaps'), sentAt: 0, receivedAt: 1 })
    expect(Math.abs(one.error())).toBeLessThan(200)
  })

  test('a jump of this machine’s clock does not move the time', () => {
    const one = machine(ahead)
    ask(one, 10)
    one.jump(-7 * hour)
    expect(Math.abs(one.error())).toBeLessThan(200)
    ask(one, 3)
    expect(Math.abs(one.error())).toBeLessThan(200)
  })
})

test('after a sleep, in which only the clock of the wall goes on, one answer is enough', () => {
  let wall = noon
  let monotonic = 0
  const time = serverTime({ wall: () => wall, monotonic: () => monotonic })
  const answer = () => {
    wall += 100
    monotonic += 100
    time.learn({ date: Math.floor(wall / 1000) * 1000, sentAt: monotonic - 50, receivedAt: monotonic })
  }
  answer()
  answer()
  wall += 5 * hour
  answer()
  expect(Math.abs(time.now() - wall)).toBeLessThan(1100)
})

test('an answer that took long says little, and spoils nothing', () => {
  const one = machine(hour)
  ask(one, 10)
  one.ask(60_000)
  expect(Math.abs(one.error())).toBeLessThan(200)
})

test('clocks that drift apart stay together by the answers', () => {
  let wall = noon
  let monotonic = 0
  let truth = noon
  const time = serverTime({ wall: () => wall, monotonic: () => monotonic })
  for (let nth = 0; nth < 20_000; nth += 1) {
    truth += 2371
    wall += 2370
    monotonic += 2370
    time.learn({ date: Math.floor(truth / 1000) * 1000, sentAt: monotonic - 40, receivedAt: monotonic })
  }
  expect(Math.abs(time.now() - truth)).toBeLessThan(1100)
})

test('a jump of this machine’s clock is told as its skew', () => {
  const one = machine(0)
  ask(one, 10)
  one.jump(-7 * hour)
  expect(one.time.skewMs()).toBeLessThan(-6 * hour)
})

test('a Date that stands still, as from a cache, does not hold the time', () => {
  const one = machine(0)
  const seen: number[] = []
  for (let nth = 0; nth < 100; nth += 1) {
    one.pass(400)
    const at = one.truth() - noon
    one.time.learn({ date: noon + hour, sentAt: at, receivedAt: at })
    seen.push(one.time.now())
  }
  expect((seen.at(-1) ?? 0) - (seen[49] ?? 0)).toBeCloseTo(20_000)
})

test.each(['-1', '0', 'garbage', '', '2026-11-21T12:00:00Z', 'Sat, 21 Nov 12026 12:00:00 GMT'])(
  '%j is no Date of an answer',
  (text) => {
    expect(timeOfHeader(text)).toBeNaN()
  },
)

test('a Date of an answer is read', () => {
  expect(timeOfHeader('Sat, 21 Nov 2026 12:00:00 GMT')).toBe(noon)
})
