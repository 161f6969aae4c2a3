import { LambdactlError } from '../../errors/error.ts'
import { ownTable, type PriceTable } from './own-prices.ts'
import type { Prices } from './price.ts'

/**
 * The prices of a Region.
 *
 * @throws LambdactlError USAGE for a Region that the table does not have: its prices are not guessed
 */
export function pricesIn(region: string, { date, regions }: PriceTable = ownTable): Prices {
  const prices = regions.get(region)
  if (prices) return prices
  throw new LambdactlError('USAGE', `The price table of ${date} has no Region ${region}.`, {
    next: [
      `Its Regions are ${[...regions.keys()].join(', ')}.`,
      'Give the prices of another Region in a file of your own: --prices FILE, see docs/operating/cost.md.',
    ],
  })
}
