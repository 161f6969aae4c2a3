import { expect, test } from 'vitest'
import { inOrder } from '../../../src/logs/following/in-order.ts'

const event = (timestamp: number, id = 'a', ingested = timestamp) => ({ id, timestamp, ingested })

test('events of two groups come in the order of their times', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(1000), event(1300)], 1400)
  order.add([event(1100)], 1450)
  expect(order.take(1599)).toEqual([])
  expect(order.take(1900).map(({ event: { timestamp } }) => timestamp)).toEqual([1000, 1100, 1300])
})

test('of one time, by arrival, then by id', () => {
  const order = inOrder({ leastMs: 0, mostMs: 5000 })
  order.add([event(1, 'b', 3), event(1, 'c', 2), event(1, 'a', 3)], 5)
  expect(order.take(5).map(({ event: { id } }) => id)).toEqual(['c', 'a', 'b'])
})

test('an event that comes after a later one is marked with how far up it belongs', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(5000)], 5100)
  order.take(5600)
  order.add([event(1800)], 6000)
  expect(order.take(6000)).toEqual([{ event: event(1800), lateMs: 3200 }])
})

test('a clock that is ahead makes nothing late, and its own line does not wait for its time', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(65_000, 'ahead'), event(5000)], 5100)
  expect(order.take(5700).map(({ event: { id } }) => id)).toEqual(['a', 'ahead'])
  order.add([event(5650)], 5800)
  expect(order.take(6400)).toEqual([{ event: event(5650) }])
})

test('of a backlog, what comes before the group that is read least far', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(1000), event(3000)], 9000)
  expect(order.take(9000, { before: 2000 })).toEqual([{ event: event(1000) }])
  order.add([event(2000)], 9000)
  expect(order.take(9000)).toEqual([{ event: event(2000) }, { event: event(3000) }])
})

test('what is newer than the last read of all groups waits, and no longer than the most', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(1000), event(2000)], 2100)
  expect(order.take(4000, { read: 1500 })).toEqual([{ event: event(1000) }])
  // A line on time is visible a little after its time.
  expect(order.take(4000, { read: 2050 })).toEqual([])
  order.add([event(1900)], 4000)
  expect(order.take(7099, { read: 1500 })).toEqual([])
  expect(order.take(7100, { read: 1500 })).toEqual([{ event: event(2000) }])
  expect(order.take(7100, { read: 3000 })).toEqual([{ event: event(1900), lateMs: 100 }])
})

test('a line of a clock that is ahead makes nothing late that waits for a read', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(65_000, 'ahead')], 5100)
  order.add([event(5000)], 7000)
  expect(order.take(7600, { read: 5200 }).map(({ lateMs }) => lateMs)).toEqual([undefined, undefined])
})

test('time goes back: nothing is late that is of the new time, and what is held does not wait for its own', () => {
  const order = inOrder({ leastMs: 600, mostMs: 5000 })
  order.add([event(600_000), event(601_000, 'held')], 601_100)
  expect(order.take(601_200)).toEqual([{ event: event(600_000) }])
  expect(order.take(5000)).toEqual([])
  order.add([event(5100)], 5200)
  expect(order.take(5700)).toEqual([{ event: event(601_000, 'held') }, { event: event(5100) }])
  order.add([event(4000)], 5800)
  expect(order.take(5800)).toEqual([{ event: event(4000), lateMs: 1100 }])
})
