import { type Bill, bill, type Usage } from '../operation/cost/bill.ts'
import { pricesOf } from '../operation/cost/price-table.ts'
import { pricesIn } from '../operation/cost/prices.ts'

/** A month's price, the use that it is for, and the prices behind it. */
export interface Cost {
  region: string
  /** The date of the price table, `YYYY-MM-DD`. */
  pricesOf: string
  usage: Usage
  /** In US dollars. */
  bill: Bill
}

/** The price of a month's use in a Region. Asks nothing of AWS. */
export function costOf(usage: Usage, region: string): Cost {
  return { region, pricesOf, usage, bill: bill(usage, pricesIn(region)) }
}
