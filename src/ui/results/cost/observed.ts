import chalk from 'chalk'
import type { FunctionCost, ObservedCost } from '../../../workflows/cost/observed-cost.ts'
import { table } from '../../text/table.ts'
import { formatMoment } from '../../text/time.ts'
import { billLines, counted, sumRows } from './bill.ts'
import { dollars } from './dollars.ts'
import { whatIfLines } from './what-if.ts'

/** The price of what functions used: one by its parts, several with a line each, the dearest first. */
export function observedCostText(cost: ObservedCost, width: number): string {
  const [only] = cost.functions
  const lines = cost.functions.length === 1 && only ? oneFunction(only, width) : severalFunctions(cost, width)
  return [`${timeWords(cost)}, prices of ${cost.pricesOf}`, ...lines].join('\n')
}

function timeWords({ month, isOpen, from, until }: ObservedCost): string {
  if (month !== undefined) return isOpen ? `${month} (UTC) so far` : `${month} (UTC)`
  return `30 days, ${formatMoment(from)} to ${formatMoment(until)}`
}

function oneFunction({ usage, bill, ...cost }: FunctionCost, width: number): string[] {
  const name = `${chalk.bold(cost.function)} ${chalk.dim(`(${cost.lambdaName})`)}`
  if (!usage || !bill) return [name, ...cost.notes, ...nextLines(cost)]
  return [
    `${name}: ${usage.memoryMb} MB on ${usage.architecture} in ${cost.region}, as version ${cost.version} is now`,
    ...billLines(usage, bill, width),
    ...whatIfLines(cost.whatIf, bill, width),
    ...cost.notes,
    ...nextLines(cost),
  ]
}

function severalFunctions({ functions, total }: ObservedCost, width: number): string[] {
  const rows = functions.map(({ function: name, usage, bill, whatIf, notes }) => {
    if (!usage || !bill) return [name, '', '–', chalk.dim(notes[0] ?? '')]
    const [change] = whatIf.length === 1 ? whatIf : []
    const other = change ? `${dollars(change.least)} to ${dollars(change.most)} after the change` : ''
    return [name, `${counted(usage.requests)} requests`, dollars(bill.total), chalk.dim(other)]
  })
  const sums = total ? sumRows(total) : []
  const notes = new Set(functions.filter(({ usage }) => usage).flatMap((each) => each.notes))
  return [
    ...table([...rows, ...sums], [{}, { align: 'right' }, { align: 'right' }, { wraps: true }], { width }),
    ...notes,
  ]
}

function nextLines({ next }: Pick<FunctionCost, 'next'>): string[] {
  return next.map((command) => `→ ${command}`)
}
