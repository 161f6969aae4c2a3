import { expect, test } from 'vitest'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import { type PlannedComparison, plannedComparisonSchema } from '../../../src/release/plan/comparison.ts'

const planned: PlannedComparison = {
  settings: defaultComparison,
  inconclusive: 'hold',
  since: Date.parse('2026-11-21T10:00:00.000Z'),
  settleMs: 130_000,
}
const isPlannedComparison = (value: unknown) => plannedComparisonSchema.safeParse(value).success
const withSettings = (changed: object) => ({ ...planned, settings: { ...defaultComparison, ...changed } })

test('a comparison comes back from JSON as one', () => {
  expect(isPlannedComparison(JSON.parse(JSON.stringify(planned)))).toBe(true)
})

test.each([
  ['nothing', undefined],
  ['text', 'yes'],
  ['one without settings', { ...planned, settings: undefined }],
  ['one without a start', { ...planned, since: undefined }],
  ['one that settles before it begins', { ...planned, settleMs: -1 }],
  ['another word for hold', { ...planned, inconclusive: 'go' }],
  ['no metric', withSettings({ metrics: [] })],
  ['a metric that nobody knows', withSettings({ metrics: ['cost'] })],
  ['a confidence of 1, which nothing reaches', withSettings({ confidence: 1 })],
  ['a ratio that everything passes', withSettings({ errorRateRatio: 1 })],
  ['a percentile without a ratio', withSettings({ durationRatio: { p50: 1.2 } })],
  ['a floor that is text', withSettings({ errorRateFloor: '0.1' })],
  ['a negative minimum', withSettings({ minimumMinutes: -5 })],
])('%s is none', (_, value) => {
  expect(isPlannedComparison(value)).toBe(false)
})
