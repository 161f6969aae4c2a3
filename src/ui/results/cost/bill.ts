import type { Bill, Usage } from '../../../operation/cost/bill.ts'
import { table } from '../../text/table.ts'
import { dollars } from './dollars.ts'

const columns = [{}, { align: 'right' }, { align: 'right' }] as const

/** The parts of a price; those that cost nothing are left out, except requests and duration. */
export function billLines(usage: Usage, bill: Bill, width: number): string[] {
  const gb = usage.memoryMb / 1024
  const gbSeconds = (seconds: number) => `${counted(Math.round(gb * seconds))} GB-seconds`
  return table(
    [
      ['requests', counted(usage.requests), dollars(bill.requests)],
      ['duration', gbSeconds(usage.seconds), dollars(bill.duration)],
      ...optional('init', gbSeconds(usage.initSeconds ?? 0), bill.init),
      ...optional('storage', `${usage.storageMb} MB`, bill.storage),
      ...optional('provisioned', gbSeconds(usage.provisionedSeconds), bill.provisioned),
      ...optional('run in it', gbSeconds(usage.provisionedRunSeconds), bill.provisionedDuration),
      ...optional('SnapStart', gbSeconds(usage.snapshots?.cachedSeconds ?? 0), bill.snapStart),
      ...sumRows(bill),
    ],
    columns,
    { width },
  )
}

function optional(name: string, amount: string, price: number): string[][] {
  return price > 0 ? [[name, amount, dollars(price)]] : []
}

/** The sum, and the free tier that may lower it. */
export function sumRows({ total, free }: Pick<Bill, 'total' | 'free'>): string[][] {
  return [
    ['total', '', dollars(total)],
    ['free tier', 'at most, for the account', lowered(free)],
  ]
}

/** `-$5.20`; a free tier of almost nothing is no sum to subtract, so it is told in words. */
function lowered(free: number): string {
  const text = dollars(free)
  return text.startsWith('<') ? `${text} less` : `-${text}`
}

export function counted(count: number): string {
  return count.toLocaleString('en')
}
