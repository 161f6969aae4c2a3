import { median } from './figures.ts'
import type { Usage } from './measured-process.ts'

type Run = Usage & { zipped: number }

const columns = ['min s', 'median s', 'max s', '× first', 'cpu s', '× first', 'peak MiB', 'zip MB']

/**
 * A table of what each contender took. The ratios are medians of those to the first contender in the same round, which
 * other work on the machine slows down alike.
 */
export function packageReport(results: ReadonlyMap<string, readonly Run[]>): string {
  const [first = []] = results.values()
  const width = Math.max(...Array.from(results.keys(), (name) => name.length))
  const rows = Array.from(results, ([name, runs]) => row(name, cells(runs, first), width))
  return [row('', columns, width), ...rows].join('\n')
}

function cells(runs: readonly Run[], first: readonly Run[]): string[] {
  const walls = runs.map(({ wall }) => wall)
  const ratio = (of: 'wall' | 'cpu') => median(runs.map((run, round) => run[of] / (first[round]?.[of] ?? 1)))
  const seconds = [Math.min(...walls), median(walls), Math.max(...walls)].map((value) => value.toFixed(2))
  return [
    ...seconds,
    ratio('wall').toFixed(2),
    median(runs.map(({ cpu }) => cpu)).toFixed(2),
    ratio('cpu').toFixed(2),
    Math.max(...runs.map(({ peak }) => peak)).toFixed(0),
    ((runs[0]?.zipped ?? 0) / 1e6).toFixed(1),
  ]
}

function row(name: string, values: readonly string[], width: number): string {
  return [name.padEnd(width), ...values.map((value) => value.padStart(10))].join('')
}
