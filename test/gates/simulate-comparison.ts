/**
 * Prints the tables of docs/comparison-gate.md: `node test/gates/simulate-comparison.ts`, some minutes. An argument sets
 * how many releases are simulated for a row (1000).
 */
import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import type { ComparisonSettings } from '../../src/release/plan/comparison.ts'
import {
  burst,
  durationMinutes,
  fullMinutes,
  lateChange,
  leak,
  risingWeight,
} from './comparison-scenarios.ts'
import {
  counts,
  type Decision,
  decisions,
  errors,
  everything,
  type Look,
  p50,
  p90,
  p99,
  type Scenario,
  share,
  steady,
} from './comparison-simulation.ts'

const runs = Number(process.argv[2] ?? 1000)
const seed = 20_261_121
const settings = defaultComparison

powerTable()
falseRollbackTable()
lateTable()
durationTable()

/** Error rates: how soon a worse candidate is rolled back and an equal one passes. */
function powerTable(): void {
  print(
    '| traffic/min | weight | base rate | 2×: rolled back in 10/30/60 min | median | 5×: rolled back in 10/30/60 min | median | equal: passes in 10/30/60 min | equal: rolled back | 2×: passes |',
  )
  print('|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
  for (const traffic of [10, 100, 1000, 10_000])
    for (const weight of [0.01, 0.1, 0.5])
      for (const base of [0, 0.001, 0.01, 0.05]) print(powerRow(traffic, weight, base))
}

function powerRow(traffic: number, weight: number, base: number): string {
  // Without a base rate, multiples of the difference that matters.
  const rate = (times: number) => times * (base || settings.errorRateFloor)
  const of = (candidate: number) => errorDecisions(steady(traffic, weight, base, candidate))
  const [equal, twice, fivefold] = [of(base), of(rate(2)), of(rate(5))]
  return cells([
    traffic.toLocaleString('en'),
    percent(weight),
    percent(base),
    within(twice, 'failed'),
    medianOf(twice, 'failed'),
    within(fivefold, 'failed'),
    medianOf(fivefold, 'failed'),
    within(equal, 'passed'),
    percent(share(equal, ({ failed }) => failed !== undefined)),
    percent(share(twice, ({ passed }) => passed !== undefined)),
  ])
}

/** Equal candidates in harder weather, with the defaults and with the bare test, which rolls back on any evidence. */
function falseRollbackTable(): void {
  const bare = { ...settings, metrics: ['error-rate' as const], errorRateRatio: 1, errorRateFloor: 0 }
  print(
    '\n| an equal candidate, 60 looks | rolled back, defaults | rolled back, any evidence (level 5%) |\n|:--|--:|--:|',
  )
  const weathers: [string, Scenario][] = [
    ['1,000/min, 10%, 1% errors', steady(1000, 0.1, 0.01)],
    ['1,000/min, 50%, 5% errors', steady(1000, 0.5, 0.05)],
    ['10,000/min, 1%, 0.1% errors', steady(10_000, 0.01, 0.001)],
    ['1,000/min, 10%, bursts of errors that meet both', burst(1000, 0.1)],
    ['1,000/min, weights 1%, 10%, 50%, bursts', risingWeight(1000)],
    ['10/min, weights 1%, 10%, 50%, bursts', risingWeight(10)],
  ]
  for (const [name, scenario] of weathers) {
    const rolledBack = [settings, bare].map((chosen) =>
      percent(share(errorDecisions(scenario, chosen), ({ failed }) => failed !== undefined)),
    )
    print(cells([name, ...rolledBack]))
  }
  const all = decisions(runs, seed, fullMinutes, { look: everything, settings })
  print(
    cells([
      'all metrics: 600/min, 20%, bursts of errors, throttles and slowness',
      percent(share(all, ({ failed }) => failed !== undefined)),
      '',
    ]),
  )
}

/** Candidates that turn bad after an hour. */
function lateTable(): void {
  print(
    '\n| a candidate that turns bad after 60 good minutes (1% errors) | rolled back 10/30/60 min later | median |\n|:--|--:|--:|',
  )
  for (const [traffic, weight, times] of [
    [1000, 0.1, 2],
    [1000, 0.1, 5],
    [1000, 0.5, 5],
    [10_000, 0.1, 2],
  ] as const) {
    const late = decisions(runs, seed, counts(lateChange(traffic, weight, times)), { length: 120, settings })
    const since = late.map(({ passed, failed }) => ({
      passed,
      failed: failed === undefined ? undefined : failed - 60,
    }))
    print(
      cells([
        `${traffic.toLocaleString('en')}/min, ${percent(weight)}, ${times}×`,
        within(since, 'failed'),
        medianOf(since, 'failed'),
      ]),
    )
  }
}

/** Durations: log-normal, with slow minutes that meet both versions. */
function durationTable(): void {
  print(
    '\n| percentile (margin) | candidate/stable invocations a minute | spread σ | slower by | rolled back in 10/30/60 min | passes in 10/30/60 min |\n|:--|--:|--:|--:|--:|--:|',
  )
  const rows: [string, number, Look, number, number, number][] = [
    ['p50 (1.2)', 1.2, p50, 20, 180, 1],
    ['p50 (1.2)', 1.2, p50, 50, 450, 0.5],
    ['p90 (1.3)', 1.3, p90, 100, 900, 0.5],
    ['p90 (1.3)', 1.3, p90, 100, 900, 1],
    ['p99 (1.5)', 1.5, p99, 1000, 1000, 1],
  ]
  for (const [name, margin, look, candidate, stable, sigma] of rows)
    for (const slower of [1, margin, 1.5 * margin]) {
      const seen = decisions(Math.ceil(runs / 4), seed, durationMinutes(candidate, stable, sigma, slower), {
        look,
        settings,
      })
      print(
        cells([
          name,
          `${candidate}/${stable}`,
          `${sigma}`,
          `${Number(slower.toFixed(2))}×`,
          within(seen, 'failed'),
          within(seen, 'passed'),
        ]),
      )
    }
  const leaking = decisions(Math.ceil(runs / 4), seed, leak, { look: p50, settings })
  print(
    cells([
      'p50 (1.2)',
      '50/450',
      '0.5',
      'from 1× to 2× within 60 min',
      within(leaking, 'failed'),
      within(leaking, 'passed'),
    ]),
  )
}

function errorDecisions(scenario: Scenario, chosen: ComparisonSettings = settings): Decision[] {
  return decisions(runs, seed, counts(scenario), { look: errors, settings: chosen })
}

function within(all: readonly Decision[], what: keyof Decision): string {
  return [10, 30, 60]
    .map((minutes) =>
      Math.round(100 * share(all, (decision) => (decision[what] ?? Number.POSITIVE_INFINITY) <= minutes)),
    )
    .join(' / ')
    .concat('%')
}

/** Over all releases; `–` where most were never decided so. */
function medianOf(all: readonly Decision[], what: keyof Decision): string {
  const sorted = all
    .map((decision) => decision[what] ?? Number.POSITIVE_INFINITY)
    .toSorted((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
  return Number.isFinite(middle) ? `${middle} min` : '–'
}

function percent(value: number): string {
  return `${Number((value * 100).toFixed(2))}%`
}

function cells(values: readonly string[]): string {
  return `| ${values.join(' | ')} |`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
