import { expect, test } from 'vitest'
import { adviceFrom, type StartFacts } from '../../../src/operation/cold-starts/advice.ts'
import { snapStartFor } from '../../../src/operation/cold-starts/snap-start.ts'
import { startsOf, totalOf } from '../../../src/operation/cold-starts/starts.ts'
import { pricesIn } from '../../../src/operation/cost/prices.ts'

const prices = pricesIn('us-east-1')
const perGbSecond = prices.duration.x86_64

/** The row of a version, as Insights gives it. */
function row(figures: Readonly<Record<string, number>>) {
  const all = {
    requests: 1000,
    inits: 50,
    restores: 0,
    failed: 0,
    p50: 1200,
    p90: 1500,
    p99: 1800,
    ...figures,
  }
  const texts = Object.entries({ longest: 2000, billed: 60_000, billedMb: 512 * 60_000, ...all })
  return { version: '42', ...Object.fromEntries(texts.map(([name, value]) => [name, String(value)])) }
}

function facts(figures: Readonly<Record<string, number>>, more: Partial<StartFacts> = {}): StartFacts {
  const most = startsOf(row(figures), perGbSecond)
  const settings = { runtime: 'nodejs24.x', memoryMb: 512, architecture: 'x86_64' as const }
  return {
    span: { since: 0, until: 60_000 },
    total: totalOf([most], perGbSecond),
    most,
    settings,
    bytes: 23_000_000,
    provisioned: 0,
    prices,
    ...more,
  }
}

const about = (given: StartFacts) => adviceFrom(given).map((each) => each.about)
const textOf = (given: StartFacts, wanted: string) =>
  adviceFrom(given).find((each) => each.about === wanted)?.text

test('a row is read: share, waits, and the price of the time that Lambda billed', () => {
  const found = startsOf(row({}), perGbSecond)
  expect(found).toMatchObject({
    version: '42',
    share: 0.05,
    billedGbSeconds: 30,
    wait: { p50Ms: 1200, p99Ms: 1800 },
  })
  expect(found.dollars).toBeCloseTo(30 * 16.6667e-6, 10)
  expect(startsOf(row({ inits: 0 }), undefined)).not.toHaveProperty('wait')
  expect(startsOf(row({}), undefined)).not.toHaveProperty('dollars')
  const total = totalOf([found, startsOf(row({ inits: 10, restores: 40 }), perGbSecond)], perGbSecond)
  expect(total).toMatchObject({ requests: 2000, inits: 60, restores: 40, share: 0.05 })
  expect(totalOf([], perGbSecond)).not.toHaveProperty('share')
})

test('without starts there is nothing to advise', () => {
  expect(adviceFrom(facts({ inits: 0 }))).toEqual([])
  expect(adviceFrom({ ...facts({}), total: totalOf([], undefined), most: undefined })).toEqual([])
})

test('long and frequent starts have advice from their figures', () => {
  expect(about(facts({}))).toEqual(['snap-start', 'provisioned', 'memory', 'package', 'pings'])
  expect(textOf(facts({}), 'memory')).toBe(
    '512 MB have 29% of a CPU, and loading code needs CPU. Try 1024 MB in a canary, and compare.',
  )
  expect(textOf(facts({}), 'provisioned')).toContain('$5.48 a month')
  expect(textOf(facts({}), 'package')).toContain('23 MB')
})

test('rare short starts are left alone, and a keep-warm ping is advised against', () => {
  expect(about(facts({ inits: 4, p50: 200 }))).toEqual(['rare', 'pings'])
  expect(textOf(facts({ inits: 4, p50: 200 }), 'rare')).toContain('0.40%')
})

test('few requests are said, since their share says little', () => {
  expect(about(facts({ requests: 1, inits: 1, p50: 300 }))).toEqual(['few', 'provisioned', 'pings'])
  expect(textOf(facts({ requests: 1, inits: 1 }), 'few')).toContain('Only 1 request was')
  expect(about(facts({ requests: 100, inits: 100 }))).not.toContain('few')
})

test('a failed start is said first', () => {
  const [first] = adviceFrom(facts({ failed: 1 }))
  expect(first).toMatchObject({
    about: 'failed',
    verb: ['logs errors', '--since=1970-01-01T00:00:00.000Z', '--until=1970-01-01T00:01:00.000Z'],
  })
})

test('SnapStart is offered by runtime, with its price', () => {
  const of = (runtime: string, more: object = {}) =>
    textOf(facts({}, { settings: { ...facts({}).settings, runtime, ...more } }), 'snap-start')
  expect(of('nodejs24.x')).toContain('SnapStart is not for nodejs24.x')
  expect(of('')).toContain('SnapStart is not for images')
  expect(of('java21')).toContain('costs nothing')
  expect(of('python3.14')).toContain('$1.98 a month')
  expect(of('java21', { snapStart: true })).toContain('SnapStart is on')
  const there = facts({}, { provisioned: 3, settings: { ...facts({}).settings, runtime: 'java21' } })
  expect(textOf(there, 'snap-start')).toContain('can not be used together')
  expect(textOf(there, 'provisioned')).toContain('beside 3 provisioned environments')
  expect(about(there)).toContain('runtime')
})

test.each([
  ['java11', 'free'],
  ['java8.al2', 'none'],
  ['python3.12', 'paid'],
  ['python3.9', 'none'],
  ['dotnet8', 'paid'],
  ['dotnet6', 'none'],
  ['provided.al2023', 'none'],
  ['', 'none'],
] as const)('SnapStart for %s: %s', (runtime, offer) => {
  expect(snapStartFor(runtime)).toBe(offer)
})
