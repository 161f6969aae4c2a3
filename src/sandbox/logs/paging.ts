import { type PageRequest, pageOf } from '../protocol/paging.ts'
import { brokenRule } from '../protocol/service-error.ts'
import { invalidParameter } from './errors.ts'

/** Groups or streams come in pages of at most 50. */
const largestPage = 50

/**
 * Cuts the requested page out of a list, in the order of its keys.
 *
 * @throws ServiceError 400 for an unknown token, or a limit out of bounds
 */
export function describePage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, nextToken }: { limit?: number | undefined; nextToken?: string | undefined },
  descending?: PageRequest['descending'],
): { page: Item[]; nextToken?: string } {
  const size = limitOf(limit, largestPage)
  const { items: page, next } = pageOf(items, keyOf, { size, token: nextToken, descending, invalidToken })
  return { page, ...(next !== undefined && { nextToken: next }) }
}

export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.')
}

/** A limit between 1 and AWS's largest; the default is the largest. */
export function limitOf(limit: number | undefined, largest: number): number {
  if (limit === undefined) return largest
  if (!Number.isInteger(limit) || limit < 1 || limit > largest) {
    throw invalidParameter(
      brokenRule('limit', `Member must have value between 1 and ${largest}`, `'${limit}'`),
    )
  }
  return limit
}
