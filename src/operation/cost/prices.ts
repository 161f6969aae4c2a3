import { LambdactlError } from '../../errors/error.ts'
import type { Prices } from './price.ts'
import { pricesOf, priceTable } from './price-table.ts'

/**
 * The prices of a Region.
 *
 * @param own prices that replace the table's
 * @throws LambdactlError USAGE for a Region that no table has: its prices are not guessed
 */
export function pricesIn(region: string, own?: ReadonlyMap<string, Prices>): Prices {
  const prices = own?.get(region) ?? priceTable.get(region)
  if (prices) return prices
  throw new LambdactlError('USAGE', `The price table of ${pricesOf} has no Region ${region}`, {
    next: [`Its Regions are ${[...priceTable.keys()].join(', ')}.`],
  })
}
