import chalk from 'chalk'
import type { VersionStarts } from '../../operation/cold-starts/starts.ts'
import type { ColdStarts } from '../../workflows/cold-starts/read-cold-starts.ts'
import { formatBytes } from '../text/figures.ts'
import { table } from '../text/table.ts'
import { formatMoment } from '../text/time.ts'
import { counted } from './cost/bill.ts'
import { dollars } from './cost/dollars.ts'

const right = { align: 'right' } as const
const columns = [{}, right, right, right, {}, right, right] as const
const header = ['version', 'requests', 'cold', 'share', 'p50, p90, p99', 'billed', 'price']

/** The starts of environments by version, their price, and the advice from them. */
export function coldStartsText(starts: ColdStarts, width: number): string {
  const { versions, total, advice, scannedBytes } = starts
  const name = `${chalk.bold(starts.function)} ${chalk.dim(`(${starts.lambdaName})`)}`
  const time = `${formatMoment(starts.since)} to ${formatMoment(starts.until)}`
  if (versions.length === 0) return `${name}\nNo request ended in its log from ${time}.`
  const sum = versions.length > 1 ? [['all', ...countCells(total), '', ...priceCells(total)]] : []
  return [
    `${name}, ${time}`,
    ...table([header.map((cell) => chalk.dim(cell)), ...versions.map(cellsOf), ...sum], columns, { width }),
    chalk.dim(`prices of ${starts.pricesOf}; Insights read ${formatBytes(scannedBytes)}`),
    ...(advice.length === 0 ? ['No request waited for the start of an environment.'] : []),
    ...advice.flatMap(({ text, next }) => [`- ${text}`, ...(next === undefined ? [] : [`  → ${next}`])]),
  ].join('\n')
}

function cellsOf(starts: VersionStarts): string[] {
  const { version = '?', wait } = starts
  const waits = wait ? [wait.p50Ms, wait.p90Ms, wait.p99Ms].map(Math.round) : []
  const waited = waits.length > 0 ? `${waits.join(', ')} ms` : '–'
  return [version, ...countCells(starts), waited, ...priceCells(starts)]
}

function countCells({ requests, inits, restores, failed, share }: Counts): string[] {
  const also = [
    ...(restores > 0 ? [`${counted(restores)} restored`] : []),
    ...(failed > 0 ? [`${counted(failed)} failed`] : []),
  ]
  const cold = counted(inits + restores)
  return [
    counted(requests),
    also.length > 0 ? `${cold} (${also.join(', ')})` : cold,
    share === undefined ? '–' : `${(share * 100).toFixed(2)}%`,
  ]
}

type Counts = ColdStarts['total']

function priceCells({ billedMs, dollars: price }: Counts): string[] {
  return [`${(billedMs / 1000).toFixed(1)} s`, price === undefined ? '–' : dollars(price)]
}
