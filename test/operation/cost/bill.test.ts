import { expect, test } from 'vitest'
import { bill, durationPrice, type Usage } from '../../../src/operation/cost/bill.ts'
import { priceTable } from '../../../src/operation/cost/price-table.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'

const virginia = pricesIn('us-east-1')
const month: Usage = {
  architecture: 'x86_64',
  memoryMb: 512,
  storageMb: 512,
  requests: 3_000_000,
  seconds: 600_000,
  provisionedSeconds: 0,
  provisionedRunSeconds: 0,
}

test('3 million requests of 200 ms at 512 MB cost $0.60 and $5.00', () => {
  const { requests, duration, total, free } = bill(month, virginia)
  expect([requests, duration, total].map(cents)).toEqual(['0.60', '5.00', '5.60'])
  // A million requests, and all of the 300,000 GB-seconds.
  expect(cents(free)).toBe('5.20')
})

test('the free tier pays for 400,000 GB-seconds, and for no provisioned environment', () => {
  const { duration, free, provisioned } = bill(
    { ...month, memoryMb: 1024, provisionedSeconds: 3600 },
    virginia,
  )
  expect(cents(duration)).toBe('10.00')
  expect(cents(free)).toBe(cents(0.2 + 400_000 * 16.6667e-6))
  expect(provisioned).toBeCloseTo(3600 * 4.1667e-6, 10)
})

test.each([
  ['x86_64', 6e9, 100_000.2],
  ['x86_64', 15e9, 235_000.47],
  ['x86_64', 16e9, 248_333.83],
  ['arm64', 7.5e9, 100_000.5],
  ['arm64', 20e9, 248_334.58],
] as const)('%s: %s GB-seconds of a month cost %s by their tiers', (architecture, gbSeconds, dollars) => {
  expect(durationPrice(gbSeconds, architecture, virginia)).toBeCloseTo(dollars, 1)
})

test('storage above 512 MB is paid for, for the time of requests', () => {
  const { storage } = bill({ ...month, storageMb: 1536 }, virginia)
  expect(storage).toBeCloseTo(600_000 * 30.9e-9, 10)
})

test('an environment of 1 GB kept ready for 730 hours costs $10.95, on arm64 $8.76', () => {
  const kept = { ...month, memoryMb: 1024, requests: 0, seconds: 0, provisionedSeconds: 730 * 3600 }
  expect(cents(bill(kept, virginia).total)).toBe('10.95')
  expect(cents(bill({ ...kept, architecture: 'arm64' }, virginia).total)).toBe('8.76')
})

test('a Region without prices is refused with those that have some', () => {
  expect(() => pricesIn('mars-1')).toThrow('has no Region mars-1')
  expect(pricesIn('mars-1', { date: '2026-11-01', regions: new Map([['mars-1', virginia]]) })).toBe(virginia)
})

test('the starts of environments are billed as GB-seconds, and are a part of their own', () => {
  const { duration, init, total } = bill({ ...month, initSeconds: 12_000 }, virginia)
  expect([duration, init, total].map(cents)).toEqual(['5.00', '0.10', '5.70'])
  const whole = bill({ ...month, seconds: 612_000 }, virginia)
  expect(total).toBeCloseTo(whole.total, 10)
})

test('SnapStart: a GB cached for 30 days costs $3.90, and 10,000 restores of it $1.40', () => {
  const snapshots = { cachedSeconds: 30 * 86_400, restores: 10_000 }
  const { snapStart } = bill({ ...month, memoryMb: 1024, snapshots }, virginia)
  expect(cents(snapStart)).toBe(cents(3.9 + 1.398))
  expect(bill({ ...month, snapshots }, pricesIn('eu-west-1')).snapStart).toBe(0)
})

test('arm64 is cheaper than x86 in each Region', () => {
  const dearer = [...priceTable].filter(([, { duration }]) => duration.arm64 >= duration.x86_64)
  expect(dearer).toEqual([])
})

function cents(dollars: number): string {
  return dollars.toFixed(2)
}
