import { describe, expect, test } from 'vitest'
import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import { burst, durationMinutes, fullMinutes, lateChange, risingWeight } from './comparison-scenarios.ts'
import { counts, decisions, everything, p50, type Scenario, share, steady } from './comparison-simulation.ts'

/** Rolls back on any evidence of a worse error rate, so that all of the level can be spent. */
const bare = {
  ...defaultComparison,
  metrics: ['error-rate' as const],
  errorRateRatio: 1,
  errorRateFloor: 0,
}

describe('simulated releases, looked at every minute', () => {
  test.each<[string, Scenario]>([
    ['steady traffic', steady(1000, 0.1, 0.01)],
    ['half of the traffic', steady(1000, 0.5, 0.05)],
    ['bursts of errors that meet both', burst(1000, 0.1)],
    ['bursts while the weight rises', risingWeight(1000)],
    ['hardly any traffic', risingWeight(10)],
  ])('with %s an equal candidate is rolled back in one release of twenty at most', (_name, scenario) => {
    const all = decisions(150, 1, counts(scenario), { length: 40, settings: bare })
    expect(share(all, ({ failed }) => failed !== undefined)).toBeLessThanOrEqual(0.05)
  })

  test('by all metrics together, likewise', () => {
    const all = decisions(40, 2, fullMinutes, { look: everything, length: 40, settings: defaultComparison })
    expect(share(all, ({ failed }) => failed !== undefined)).toBeLessThanOrEqual(0.05)
  })

  test.each<[string, Scenario, number, number]>([
    ['twice 1%, 100 a minute', steady(1000, 0.1, 0.01, 0.02), 60, 0.8],
    ['five times 1%, 100 a minute', steady(1000, 0.1, 0.01, 0.05), 10, 0.95],
    ['five times 0.1%, 1,000 a minute', steady(10_000, 0.1, 0.001, 0.005), 10, 0.9],
    ['2% from none, 100 a minute', steady(1000, 0.1, 0, 0.02), 10, 0.95],
  ])('a worse candidate is rolled back: %s', (_name, scenario, length, power) => {
    const all = decisions(100, 3, counts(scenario), { length, settings: defaultComparison })
    expect(share(all, ({ failed }) => failed !== undefined)).toBeGreaterThanOrEqual(power)
  })

  test('a candidate that turns bad after an hour is rolled back within half an hour', () => {
    const all = decisions(50, 4, counts(lateChange(1000, 0.1, 5)), {
      length: 90,
      settings: defaultComparison,
    })
    expect(share(all, ({ failed }) => failed !== undefined && failed > 60)).toBeGreaterThanOrEqual(0.95)
  })

  test('an equal candidate passes, and one that is worse by what matters hardly ever does', () => {
    const passes = (candidateRate: number) =>
      share(
        decisions(100, 5, counts(steady(1000, 0.5, 0.01, candidateRate)), {
          length: 30,
          settings: defaultComparison,
        }),
        ({ passed }) => passed !== undefined,
      )
    expect(passes(0.01)).toBeGreaterThanOrEqual(0.9)
    expect(passes(0.02)).toBeLessThanOrEqual(0.1)
  })

  test('half as slow again is rolled back within half an hour, equal durations are not', () => {
    const failures = (slower: number) =>
      share(
        decisions(30, 6, durationMinutes(50, 200, 0.5, slower), {
          look: p50,
          length: 30,
          settings: defaultComparison,
        }),
        ({ failed }) => failed !== undefined,
      )
    expect(failures(1.5)).toBeGreaterThanOrEqual(0.9)
    expect(failures(1)).toBe(0)
  })
})
