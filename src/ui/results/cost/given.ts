import type { Cost } from '../../../workflows/cost/given-cost.ts'
import { billLines } from './bill.ts'
import { whatIfLines } from './what-if.ts'

/** A month's price by its parts, and what a change would cost. */
export function costText({ region, pricesOf, usage, bill, whatIf }: Cost, width: number): string {
  const { memoryMb, architecture } = usage
  return [
    `${memoryMb} MB on ${architecture} in ${region}, prices of ${pricesOf}`,
    ...billLines(usage, bill, width),
    ...whatIfLines(whatIf, bill, width),
  ].join('\n')
}
