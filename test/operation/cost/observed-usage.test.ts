import { expect, test } from 'vitest'
import { bill } from '../../../src/operation/cost/bill.ts'
import { lastDays, monthNamed } from '../../../src/operation/cost/month.ts'
import {
  type ObservedFunction,
  observedUsage,
  reservations,
  withStarts,
} from '../../../src/operation/cost/observed-usage.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'
import { billOf } from '../../../src/operation/cost/together.ts'
import { whatIfs } from '../../../src/operation/cost/what-if.ts'

const settings: ObservedFunction['settings'] = {
  memoryMb: 512,
  architecture: 'x86_64',
  runtime: 'nodejs24.x',
}
const plain = { settings, provisioned: 0 }
const spanSeconds = 30 * 86_400
const virginia = pricesIn('us-east-1')
const figures = { invocations: 3_000_000, durationMs: 3_000_000 * 199.5 }
const usage = observedUsage(figures, plain, spanSeconds)
if (!usage) throw new Error('There are figures.')

test('each request is billed half a millisecond more than CloudWatch says, on average', () => {
  expect(usage).toMatchObject({ requests: 3_000_000, seconds: 600_000, provisionedSeconds: 0 })
  expect(bill(usage, virginia).total.toFixed(2)).toBe('5.60')
})

test('without figures there is no use, rather than a use of 0', () => {
  expect(observedUsage({}, plain, spanSeconds)).toBeUndefined()
  expect(observedUsage({ invocations: 9 }, plain, spanSeconds)).toBeUndefined()
  expect(observedUsage({ invocations: 0 }, plain, spanSeconds)).toMatchObject({ requests: 0 })
  expect(observedUsage({}, { settings, provisioned: 2 }, spanSeconds)).toMatchObject({
    requests: 0,
    provisionedSeconds: 2 * spanSeconds,
  })
})

test('durations count for provisioned environments by their part of the invocations', () => {
  const some = { ...figures, provisionedInvocations: 2_400_000 }
  const found = observedUsage(some, { settings, provisioned: 1 }, spanSeconds)
  expect(found?.seconds).toBeCloseTo(120_000)
  expect(found?.provisionedRunSeconds).toBeCloseTo(480_000)
})

test('SnapStart is free for Java alone, and managed instances are billed by no duration', () => {
  const of = (more: Partial<ObservedFunction['settings']>) =>
    observedUsage(figures, { settings: { ...settings, ...more }, provisioned: 0 }, spanSeconds)
  expect(of({ snapStart: true, runtime: 'java21' })?.snapshots).toBeUndefined()
  expect(of({ snapStart: true, runtime: 'python3.14' })?.snapshots).toMatchObject({
    cachedSeconds: spanSeconds,
  })
  expect(of({ capacityProvider: { arn: 'a' } })).toMatchObject({ seconds: 0, requests: 3_000_000 })
})

test('the parts that nobody measured are said', () => {
  expect(reservations(usage, plain, true)).toEqual([
    'The starts of environments, which Lambda bills too, are not counted.',
  ])
  expect(reservations({ ...usage, initSeconds: 3 }, plain, true)).toEqual([])
})

test('measured starts are seconds of the present memory, and restores', () => {
  const starts = { billedGbSeconds: 30, restores: 7 }
  expect(withStarts(usage, starts)).toMatchObject({ initSeconds: 60 })
  expect(withStarts(usage, undefined)).toBe(usage)
  const snapshots = { cachedSeconds: 9, restores: undefined }
  expect(withStarts({ ...usage, snapshots }, starts).snapshots).toEqual({ cachedSeconds: 9, restores: 7 })
})

test('other memory costs between the same duration and the same GB-seconds', () => {
  const all = whatIfs(usage, virginia, { asked: {}, spanSeconds })
  expect(all.map(({ change }) => change)).toEqual([
    { memoryMb: 256 },
    { memoryMb: 1024 },
    { memoryMb: 2048 },
    { architecture: 'arm64' },
  ])
  expect(all.map(({ least, most }) => [least.toFixed(2), most.toFixed(2)])).toEqual([
    ['3.10', '5.60'],
    ['5.60', '10.60'],
    ['5.60', '20.60'],
    ['4.60', '4.60'],
  ])
})

test('the changes that are asked for are the only ones', () => {
  const asked = { provisioned: 2 }
  const [only, ...others] = whatIfs(usage, virginia, { asked, spanSeconds })
  expect(others).toEqual([])
  const kept = 2 * 0.5 * spanSeconds * 4.1667e-6
  expect(only?.most).toBeCloseTo(0.6 + kept + 300_000 * 9.7222e-6, 4)
  expect(whatIfs(usage, virginia, { asked: { architecture: 'x86_64' }, spanSeconds })).toEqual([])
})

test('several functions share one free tier', () => {
  const arm = { ...usage, architecture: 'arm64' as const }
  const { total, free } = billOf([
    { usage, prices: virginia },
    { usage: arm, prices: virginia },
  ])
  expect(total.toFixed(2)).toBe((5.6 + 4.6).toFixed(2))
  expect(free).toBeCloseTo(0.2 + 300_000 * 16.6667e-6 + 100_000 * 13.3334e-6, 4)
})

test('a month is one of the calendar in UTC, and ends now if it goes on', () => {
  const now = Date.parse('2026-11-28T00:41Z')
  // This hour counts too.
  expect(lastDays(now)).toEqual({ from: Date.parse('2026-10-29T00:00Z'), until: now, isOpen: false })
  expect(monthNamed('2026-10', now)).toEqual({
    from: Date.parse('2026-10-01T00:00Z'),
    until: Date.parse('2026-11-01T00:00Z'),
    month: '2026-10',
    isOpen: false,
  })
  expect(monthNamed('2026-11', now)).toMatchObject({ until: now, isOpen: true })
  expect(() => monthNamed('2026-12', now)).toThrow('lies ahead')
  expect(() => monthNamed('2025-08', now)).toThrow('455 days')
  for (const none of ['2026-13', '2026', 'october', '2026-1'])
    expect(() => monthNamed(none, now)).toThrow('Expected a month')
})
