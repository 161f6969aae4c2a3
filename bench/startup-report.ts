import { median } from './figures.ts'

/** Milliseconds by contender, one after the other. */
export type Round = ReadonlyMap<string, number>

const yardstick = 'aws lambda get-alias'

const columns = ['median ms', '× node', 'min', 'max', `× ${yardstick}`]

/**
 * A table of all contenders. A ratio is the median of those to the first contender in the same round, which other work
 * on the machine slows down alike.
 */
export function startupReport(rounds: readonly Round[]): string {
  const names = [...(rounds[0]?.keys() ?? [])]
  const [first = ''] = names
  const width = Math.max(...names.map((name) => name.length))
  const ratios = (name: string, base: string) =>
    rounds.map((times) => (times.get(name) ?? Number.NaN) / (times.get(base) ?? Number.NaN))
  const rows = names.map((name) => {
    const toFirst = ratios(name, first)
    const toOther = names.includes(yardstick) ? median(ratios(name, yardstick)).toFixed(2) : '-'
    const spread = [median(toFirst), Math.min(...toFirst), Math.max(...toFirst)].map((of) => of.toFixed(2))
    return row(
      name,
      [median(rounds.map((times) => times.get(name) ?? Number.NaN)).toFixed(0), ...spread, toOther],
      width,
    )
  })
  return [row('', columns, width), ...rows].join('\n')
}

function row(name: string, cells: readonly string[], width: number): string {
  const padded = cells.map((cell, index) => cell.padStart(Math.max(11, (columns[index]?.length ?? 0) + 2)))
  return [name.padEnd(width), ...padded].join('')
}
