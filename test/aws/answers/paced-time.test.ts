import { expect, test } from 'vitest'
import { pacedHeader, pacedTime } from '../../../src/aws/answers/paced-time.ts'

const noon = Date.parse('2026-11-21T12:00:00Z')

/** A server whose clock runs so much faster, and a client that learns its time. */
function client(speed: number) {
  let passed = 7000
  const server = { zero: noon, speed }
  const time = pacedTime(() => passed)
  const truth = () => server.zero + passed * server.speed
  return {
    time,
    server,
    pass: (ms: number) => void (passed += ms),
    /** An answer that is told after `there` and arrives after `back`. */
    ask(there: number, back: number) {
      const sentAt = passed
      passed += there
      const told = truth()
      passed += back
      time.learn({ time: told, speed: server.speed, sentAt, receivedAt: passed })
    },
    behindMs: () => truth() - (time.now() ?? Number.NaN),
  }
}

test('before an answer there is no such time', () => {
  const { time } = client(60)
  expect([time.now(), time.speed()]).toEqual([undefined, 1])
})

test('the time is behind by the way of the quickest answer, and never ahead', () => {
  const one = client(120)
  one.ask(3, 5)
  expect(one.behindMs()).toBe(5 * 120)
  one.pass(60_000)
  one.ask(1, 40)
  expect(one.behindMs()).toBe(5 * 120)
  one.ask(40, 1)
  expect(one.behindMs()).toBe(120)
  one.pass(3_600_000)
  expect(one.behindMs()).toBe(120)
  expect(one.time.speed()).toBe(120)
})

test('another clock at the same place is followed, back too and at another speed', () => {
  const one = client(120)
  one.ask(1, 1)
  one.server.zero -= 600_000
  one.ask(1, 1)
  expect(one.behindMs()).toBe(120)
  one.server.speed = 1
  one.ask(1, 2)
  expect([one.behindMs(), one.time.speed()]).toEqual([2, 1])
})

test('a forgotten time is as one that was never told', () => {
  const one = client(120)
  one.ask(1, 1)
  one.time.forget()
  expect([one.time.now(), one.time.speed()]).toEqual([undefined, 1])
})

test.each([
  ['1764273756123; speed=120', { time: 1_764_273_756_123, speed: 120 }],
  ['1764273756123; speed=0', undefined],
  ['1764273756123; speed=-5', undefined],
  ['soon; speed=2', undefined],
  ['9999999999999999; speed=2', undefined],
  ['0; speed=2', undefined],
  [undefined, undefined],
])('the header %s', (text, told) => {
  expect(pacedHeader(text)).toEqual(told)
})
