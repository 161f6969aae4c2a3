import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { withOwnPrices } from '../../../src/operation/cost/own-prices.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'

const whole = {
  request: 2e-7,
  duration: { x86_64: 16e-6, arm64: 13e-6 },
  provisioned: { x86_64: 4e-6, arm64: 3e-6 },
  provisionedDuration: { x86_64: 9e-6, arm64: 8e-6 },
  storage: 3e-8,
}

test('own prices win, and a known Region keeps those that are not given', () => {
  const table = withOwnPrices(
    { date: '2026-11-01', regions: { 'eu-west-1': { duration: { arm64: 1e-6 } } } },
    'prices.yaml',
  )
  expect(table.date).toBe('2026-11-01')
  expect(pricesIn('eu-west-1', table)).toMatchObject({
    request: pricesIn('eu-west-1').request,
    duration: { x86_64: 16.6667e-6, arm64: 1e-6 },
  })
  expect(pricesIn('us-east-1', table)).toEqual(pricesIn('us-east-1'))
})

test('the example of the documentation is a table of prices', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/operating/cost.md'), 'utf8')
  const example = page.match(/`--prices FILE`.*?```yaml\n(.*?)```/s)?.[1] ?? ''
  const table = withOwnPrices(parse(example), 'docs/operating/cost.md')
  expect(table.date).toBe('2026-11-01')
  expect(pricesIn('eu-west-1', table).duration).toEqual({ x86_64: 16.6667e-6, arm64: 12.0001e-6 })
  expect(pricesIn('il-central-1', table).snapStart).toEqual({ cached: 1.5046e-6, restored: 0.0001397998 })
})

test('a Region that the table lacks needs all prices', () => {
  const regions = { 'il-central-1': whole }
  const table = withOwnPrices({ date: '2026-11-01', regions }, 'prices.yaml')
  expect(pricesIn('il-central-1', table)).toMatchObject(whole)
  const { storage: _, ...less } = whole
  expect(() => withOwnPrices({ date: '2026-11-01', regions: { x: less } }, 'prices.yaml')).toThrow(
    /prices\.yaml is no table of prices: x is not in the table of \d.*storage/s,
  )
})

test.each([
  ['nothing', undefined],
  ['no date', { regions: {} }],
  ['a wrong date', { date: 'today', regions: {} }],
  ['a price that is no number', { date: '2026-11-01', regions: { 'eu-west-1': { request: '0.2' } } }],
  ['a negative price', { date: '2026-11-01', regions: { 'eu-west-1': { request: -1 } } }],
  ['an unknown price', { date: '2026-11-01', regions: { 'eu-west-1': { requests: 1 } } }],
])('%s is refused', (_, value) => {
  expect(() => withOwnPrices(value, 'prices.yaml')).toThrow('prices.yaml is no table of prices')
})
