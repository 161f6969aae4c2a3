import { type Figures, figures } from './figures.ts'

/** Times from an alarm to the alias back on stable, all taken in the same way. */
export interface Measured {
  /** The subject of the measurement, as in `lambdactl, near a shift`. */
  name: string
  /** How far its looks are apart, milliseconds. */
  pollMs: number
  /** Milliseconds, one a canary. */
  sample: readonly number[]
}

/**
 * Nobody who looks every `pollMs` can promise to be faster: an alarm that fires just after a look waits for the next one,
 * which is answered after a round trip, and the alias moves after another one.
 */
export function bound(pollMs: number, roundTripMs: number): number {
  return pollMs + 2 * roundTripMs
}

const columns = ['n', 'p50', 'p90', 'max', 'bound', 'p50/bound', 'p90/bound', 'max/bound']

/**
 * The figures as a table of plain text, with what the bound is made of.
 *
 * @param roundTrips of single calls, milliseconds
 */
export function report(measured: readonly Measured[], roundTrips: readonly number[]): string {
  const { p50: roundTripMs, p90 } = figures(roundTrips)
  const names = Math.max(...measured.map(({ name }) => name.length))
  return [
    'From the alarm in ALARM to the alias back on stable, ms',
    row('', columns, names),
    ...measured.map((each) =>
      row(each.name, cells(figures(each.sample), bound(each.pollMs, roundTripMs)), names),
    ),
    `bound: one poll and two round trips of ${roundTripMs.toFixed(1)} ms (GetAlias in this run: p50; p90 ${p90.toFixed(1)} ms)`,
  ].join('\n')
}

function cells({ count, p50, p90, max }: Figures, most: number): string[] {
  const times = [p50, p90, max, most].map((ms) => ms.toFixed(0))
  return [String(count), ...times, ...[p50, p90, max].map((ms) => (ms / most).toFixed(2))]
}

function row(name: string, values: readonly string[], names: number): string {
  return [name.padEnd(names), ...values.map((value) => value.padStart(11))].join('')
}
