import { expect, onTestFinished, test } from 'vitest'
import { putMetricData } from '../../../../src/sandbox/cloudwatch/metrics/put-metric-data.ts'
import { createMetricStores } from '../../../../src/sandbox/cloudwatch/query/metric-store.ts'
import { statistic } from '../../../../src/sandbox/cloudwatch/query/summary.ts'
import { temporaryKeeper } from '../../../../src/sandbox/state/keeper.ts'
import type { Home, PersistentTable } from '../../../../src/sandbox/state/persistent.ts'

const metric = { namespace: 'Shop', name: 'Orders', dimensions: {} }
const now = Date.parse('2026-11-21T10:00:00Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A table whose turn comes after the metrics: it counts commits, and may let them fail. */
function createLastTable() {
  let home: Home | undefined
  const table: PersistentTable = {
    attach: (to) => void (home = to),
    hasChanges: () => true,
    write() {
      last.commits += 1
      if (last.isFull) throw new Error('no room')
    },
    erase: () => undefined,
    discard: () => undefined,
  }
  const last = { table, commits: 0, isFull: false, commit: () => home?.commit() }
  return last
}

/** A store with one value at each of some moments, in milliseconds before now. */
function start() {
  const stores = createMetricStores()
  const last = createLastTable()
  const keeper = temporaryKeeper((error) => {
    if (!last.isFull) throw error
  })
  keeper.restore([...stores.persistent, last.table])
  onTestFinished(() => keeper.close())
  const store = stores.of('eu-west-1')
  const record = (...ago: number[]) => {
    for (const each of ago) store.record({ ...metric, unit: 'Count', value: 1, timestamp: now - each })
  }
  const series = () => {
    const [found] = store.find(metric)
    if (!found) throw new Error('there is no series')
    return found
  }
  const statistics = (name: string, period = 1000) => {
    const periods = { start: 0, end: now + hour, period, hasValues: name.startsWith('p') }
    return Array.from(store.byPeriod(series(), periods), ([at, summary]) => [
      now - at,
      statistic(summary, name),
    ])
  }
  return {
    forget: (at = now) => stores.forget(at),
    last,
    record,
    store,
    statistics,
    bins: () => statistics('Sum'),
    remembered: () => series().bins.map(({ start: at }) => now - at),
  }
}

test('seconds older than three hours become minutes, and younger ones stay', () => {
  const { record, forget, bins } = start()
  record(4 * hour, 4 * hour - 1000, 4 * hour - 2000, hour, hour - 1000)
  forget()
  expect(bins()).toEqual([
    [4 * hour, 3],
    [hour, 1],
    [hour - 1000, 1],
  ])
})

test('seconds that come late, or into a minute that is summed up already, become minutes too', () => {
  const { record, forget, bins } = start()
  record(4 * hour, 4 * hour - 1000)
  forget()
  record(4 * hour - 3000, 4 * hour - 4000, 5 * hour - 1000, 5 * hour - 2000)
  forget()
  expect(bins()).toEqual([
    [5 * hour, 2],
    [4 * hour, 4],
  ])
})

test('only the last quarter of an hour is in memory, and reads find the rest', () => {
  const { record, forget, bins, statistics, remembered } = start()
  record(hour, 20 * minute, 20 * minute, 10 * minute, 1000)
  forget()
  expect(remembered()).toEqual([10 * minute, 1000])
  // The first one comes late, into a second that is in the database only.
  record(hour, 10 * minute)
  expect(bins()).toEqual([
    [hour, 2],
    [20 * minute, 2],
    [10 * minute, 2],
    [1000, 1],
  ])
  expect(statistics('SampleCount', hour)).toEqual([[hour, 7]])
  expect(statistics('p50', hour)).toEqual([[hour, 1]])
  expect(remembered()).toEqual([10 * minute, 1000])
})

test('a period that begins in the database and ends in memory is one', () => {
  const { record, forget, statistics } = start()
  record(16 * minute, 1000)
  forget()
  expect([statistics('Sum', hour), statistics('p99', hour)]).toEqual([[[hour, 2]], [[hour, 1]]])
})

test('after 15 days nothing is left', () => {
  const { record, forget, store, bins } = start()
  record(10 * day, 1000)
  forget()
  forget(now + 10 * day)
  expect(bins()).toEqual([[minute, 1]])
  forget(now + 20 * day)
  expect([...store.all()]).toEqual([])
})

test('a value that could not be written is forgotten, and counts once when it comes again', () => {
  const { record, last, bins } = start()
  record(1000)
  last.commit()
  last.isFull = true
  record(1000)
  last.commit()
  last.isFull = false
  record(1000)
  expect(bins()).toEqual([[1000, 2]])
})

test('all old values of a datum are written together, and keep their percentiles', () => {
  const { record, forget, store, last, statistics } = start()
  record(hour)
  forget()
  const before = last.commits
  const Values = Array.from({ length: 150 }, (_, index) => index + 1)
  const Counts = Values.map((value) => (value === 150 ? 51 : 1))
  const datum = {
    MetricName: 'Orders',
    Unit: 'Count',
    Timestamp: new Date(now - hour),
    Values,
    Counts,
  } as const
  putMetricData(store, () => now)({ Namespace: 'Shop', MetricData: [datum] })
  expect(last.commits - before).toBeLessThan(3)
  const read = (name: string) => statistics(name)[0]?.[1]
  expect(['SampleCount', 'Minimum', 'Maximum', 'p50', 'p74', 'p76'].map(read)).toEqual([
    201, 1, 150, 100, 148, 150,
  ])
})
