import type { Bill } from '../../../operation/cost/bill.ts'
import type { Change, WhatIf } from '../../../operation/cost/what-if.ts'
import { table } from '../../text/table.ts'
import { dollars } from './dollars.ts'

/** The price of the same requests after changes, with the assumption behind each; empty without any. */
export function whatIfLines(all: readonly WhatIf[], { total }: Pick<Bill, 'total'>, width: number): string[] {
  if (all.length === 0) return []
  const rows = all.map(({ change, least, most, assumes }) => [
    nameOf(change),
    least === most ? dollars(most) : `${dollars(least)} to ${dollars(most)}`,
    difference(least - total, most - total),
    `if ${assumes}`,
  ])
  const columns = [{}, { align: 'right' }, { align: 'right' }, { wraps: true }] as const
  return ['what if', ...table(rows, columns, { width, indent: 2 })]
}

function nameOf({ memoryMb, architecture, provisioned }: Change): string {
  if (memoryMb !== undefined) return `${memoryMb} MB`
  return architecture ?? `${provisioned} provisioned`
}

/** `-$1.00`, `+$0.50`, or `-$1.00 to +$0.50`. */
function difference(least: number, most: number): string {
  const [low, high] = [signed(least), signed(most)]
  return low === high ? low : `${low} to ${high}`
}

function signed(amount: number): string {
  if (Math.abs(amount) < 0.00005) return '±$0'
  return `${amount < 0 ? '-' : '+'}${dollars(Math.abs(amount))}`
}
