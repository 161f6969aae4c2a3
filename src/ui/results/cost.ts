import type { Cost } from '../../workflows/cost.ts'
import { table } from '../text/table.ts'

/** A month's price by its parts. */
export function costText({ region, pricesOf, usage, bill }: Cost, width: number): string {
  const { memoryMb, architecture, requests, seconds } = usage
  const gbSeconds = Math.round((memoryMb / 1024) * seconds)
  const rows = [
    ['requests', counted(requests), dollars(bill.requests)],
    ['duration', `${counted(gbSeconds)} GB-seconds`, dollars(bill.duration)],
    ['storage', '', bill.storage > 0 ? dollars(bill.storage) : ''],
    ['provisioned', '', bill.provisioned > 0 ? dollars(bill.provisioned) : ''],
    ['total', 'a month', dollars(bill.total)],
    ['free tier', 'at most, for the account', `-${dollars(bill.free)}`],
  ].filter(([, , price]) => price !== '')
  const columns = [{}, { align: 'right' }, { align: 'right' }] as const
  return [
    `${memoryMb} MB on ${architecture} in ${region}, prices of ${pricesOf}`,
    ...table(rows, columns, { width }),
  ].join('\n')
}

function counted(count: number): string {
  return count.toLocaleString('en')
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`
}
