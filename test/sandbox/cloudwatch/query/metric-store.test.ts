import { expect, test } from 'vitest'
import { createMetricStores } from '../../../../src/sandbox/cloudwatch/query/metric-store.ts'

const metric = { namespace: 'Shop', name: 'Orders', dimensions: {} }
const now = Date.parse('2026-11-21T10:00:00Z')
const hour = 3_600_000

/** A store with one value at each of some moments, in milliseconds before now. */
function start() {
  const stores = createMetricStores()
  const store = stores.of('eu-west-1')
  const record = (...ago: number[]) => {
    for (const each of ago) store.record({ ...metric, unit: 'Count', value: 1, timestamp: now - each })
  }
  const bins = () =>
    store.find(metric).flatMap((series) => series.bins.map(({ start: at, sum }) => [now - at, sum]))
  return { forget: () => stores.forget(now), persistent: stores.persistent, record, bins }
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

test('minutes that stay as they are need no write', () => {
  const { record, forget, persistent } = start()
  record(4 * hour - 1000, 3.5 * hour)
  forget()
  for (const each of persistent) each.changes()
  record(5 * hour)
  forget()
  const written = persistent.find(({ kind }) => kind === 'metric-second')?.changes() ?? []
  expect(Array.from(written, ([id]) => id)).toEqual([`1/${now - 5 * hour}`])
})
