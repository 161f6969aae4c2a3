import { pageOf as cutPage, type Page } from '../../protocol/paging.ts'
import { invalidParameter } from './errors.ts'
import { numberWithin } from './validation.ts'

/** The largest page of most lists for any `MaxItems`. */
const largestPage = 50

/**
 * Cuts the requested page out of a list, in the order of its keys.
 *
 * @param mostItems the largest MaxItems that the list accepts
 * @throws ServiceError 400 for an unknown marker, or a MaxItems out of bounds
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
  mostItems = 10_000,
): Page<Item> {
  numberWithin(MaxItems, 'maxItems', 1, mostItems)
  return cutPage(items, keyOf, {
    size: Math.min(MaxItems ?? largestPage, largestPage),
    token: Marker,
    invalidToken: () => invalidParameter(`Invalid marker: ${Marker}`),
  })
}
