import { pageOf as cutPage, type Page } from '../../protocol/paging.ts'
import { invalidParameter } from './errors.ts'

/** The largest page of most lists for any `MaxItems`. */
const largestPage = 50

/**
 * Cuts the requested page out of a list, in the order of its keys.
 *
 * @throws ServiceError 400 for an unknown marker
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
): Page<Item> {
  return cutPage(items, keyOf, {
    size: Math.min(MaxItems ?? largestPage, largestPage),
    token: Marker,
    invalidToken: () => invalidParameter(`Invalid marker: ${Marker}`),
  })
}
