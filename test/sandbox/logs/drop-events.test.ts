import { expect, onTestFinished, test } from 'vitest'
import { createLogStores } from '../../../src/sandbox/logs/log-store.ts'
import { keepTemporarily } from '../state/temporarily.ts'

const day = 24 * 3_600_000
const logGroup = '/aws/lambda/shop'
/** The size of an event below, as PutLogEvents counts it. */
const size = 100

/** A group of two streams, with events of 100 bytes. */
function makeGroup(mostBytesOfGroup?: number) {
  const clock = () => 100 * day
  const stores = createLogStores({
    clock,
    delay: (_, work) => work(),
    appended: () => undefined,
    removed: () => undefined,
    mostBytesOfGroup,
  })
  const keeper = keepTemporarily(stores.persistent)
  onTestFinished(() => keeper.close())
  const write = (stream: string, ...timestamps: number[]) =>
    stores.write(
      'eu-west-1',
      logGroup,
      stream,
      timestamps.map((timestamp) => ({ timestamp, message: '.'.repeat(size - 26) })),
    )
  const store = stores.of('eu-west-1')
  const group = () => store.group(logGroup)
  const all = { from: { timestamp: 0, sequence: 0 }, to: { timestamp: 1000 * day, sequence: 0 } }
  return {
    write,
    retain: (retentionInDays: number) => store.change(group(), { retentionInDays }),
    forget: () => stores.forget(clock()),
    held: () => ({
      days: Array.from(store.events.inGroup(group(), all), ({ timestamp }) => timestamp / day),
      events: group().stored / size,
      streams: Array.from(group().streams.values(), ({ name, stored, last }) => [
        name,
        stored / size,
        last && last / day,
      ]),
    }),
  }
}

test('a group that has grown too large loses its oldest events, whichever stream has them', () => {
  const group = makeGroup(4 * size)
  group.write('old', 1 * day, 3 * day)
  group.write('new', 2 * day, 4 * day)
  expect(group.held()).toMatchObject({ days: [1, 2, 3, 4], events: 4 })
  group.write('new', 5 * day, 6 * day)
  expect(group.held()).toEqual({
    days: [3, 4, 5, 6],
    events: 4,
    streams: [
      ['old', 1, 3],
      ['new', 3, 6],
    ],
  })
})

test('events that are older than the retention are deleted, also those that come late', () => {
  const group = makeGroup()
  group.write('old', 80 * day, 98 * day)
  group.write('new', 99 * day)
  group.forget()
  expect(group.held().days).toEqual([80, 98, 99])
  group.retain(1)
  group.forget()
  expect(group.held()).toEqual({
    days: [99],
    events: 1,
    streams: [
      ['old', 0, undefined],
      ['new', 1, 99],
    ],
  })
  group.write('old', 97 * day)
  group.forget()
  expect(group.held().days).toEqual([99])
})
