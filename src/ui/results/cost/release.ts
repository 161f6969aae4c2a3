import chalk from 'chalk'
import type { VersionCost } from '../../../operation/cost/release-cost.ts'
import type { CostOfRelease } from '../../../workflows/cost/release-cost.ts'
import { table } from '../../text/table.ts'
import { counted } from './bill.ts'
import { dollars } from './dollars.ts'

/** The price of a million invocations of the candidate and of stable, with 95% intervals. */
export function releaseCostText(cost: CostOfRelease, width: number): string {
  const name = `${chalk.bold(cost.function)} ${chalk.dim(`(${cost.lambdaName})`)}`
  const what = cost.release === undefined ? '' : ` release ${cost.release},`
  return [
    `${name}:${what} prices of ${cost.pricesOf}, without inits`,
    ...releaseCostLines(cost, width),
    chalk.dim('In brackets: the 95% interval of one look. – is not known.'),
  ].join('\n')
}

/** The rows of both versions, and the ratio as far as it is known. */
export function releaseCostLines({ candidate, stable, ratio }: CostOfRelease, width: number): string[] {
  const rows = [cells('candidate', candidate), cells('stable', stable)]
  const right = { align: 'right' } as const
  return [
    ...table(rows, [{}, right, right, right, {}], { width }),
    ratio === undefined
      ? '  no minute in which both had invocations, so they are not compared'
      : `  the candidate costs ${ratio.value.toFixed(2)} times as much${between(ratio.interval, (end) => end.toFixed(2))}, by ${ratio.minutes} min with both`,
  ]
}

function cells(
  role: string,
  { version, memoryMb, invocations, meanMs, dollarsPerMillion }: VersionCost,
): string[] {
  return [
    `${role} ${version}, ${memoryMb} MB`,
    `${counted(invocations)} invoked`,
    meanMs === undefined ? '–' : `${meanMs.toFixed(1)} ms`,
    dollarsPerMillion === undefined ? '–' : `${dollars(dollarsPerMillion.value)} a million`,
    between(dollarsPerMillion?.interval, dollars).trim(),
  ]
}

function between(interval: { low: number; high: number } | undefined, text: (end: number) => string): string {
  return interval ? ` (${text(interval.low)} to ${text(interval.high)})` : ''
}
