import { type PageRequest, pageOf } from '../protocol/paging.ts'
import { invalidParameter } from './errors.ts'

/**
 * Cuts the requested page out of a list, in the order of its keys. A page has 50 items by default.
 *
 * @throws ServiceError 400 for an unknown token
 */
export function describePage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, nextToken }: { limit?: number | undefined; nextToken?: string | undefined },
  { descending, usual = 50 }: { usual?: number } & Pick<PageRequest, 'descending'> = {},
): { page: Item[]; nextToken?: string } {
  const size = limit ?? usual
  const { items: page, next } = pageOf(items, keyOf, { size, token: nextToken, descending, invalidToken })
  return { page, ...(next !== undefined && { nextToken: next }) }
}

export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.')
}
