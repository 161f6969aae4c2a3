import { type PageRequest, pageOf } from '../protocol/paging.ts'
import { brokenRule } from '../protocol/service-error.ts'
import { invalidParameter } from './errors.ts'

/** How many items a page has. */
export interface PageSizes {
  most: number
  usual: number
}

/** Groups, streams and filters come in pages of at most 50. */
const ofFifty: PageSizes = { most: 50, usual: 50 }

/**
 * Cuts the requested page out of a list, in the order of its keys.
 *
 * @throws ServiceError 400 for an unknown token, or a limit out of bounds
 */
export function describePage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, nextToken }: { limit?: number | undefined; nextToken?: string | undefined },
  { descending, ...sizes }: Partial<PageSizes> & Pick<PageRequest, 'descending'> = {},
): { page: Item[]; nextToken?: string } {
  const { most, usual } = { ...ofFifty, ...sizes }
  const size = limit === undefined ? usual : limitOf(limit, most)
  const { items: page, next } = pageOf(items, keyOf, { size, token: nextToken, descending, invalidToken })
  return { page, ...(next !== undefined && { nextToken: next }) }
}

export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.')
}

/** A limit between 1 and AWS's largest; the default is the largest. */
export function limitOf(limit: number | undefined, largest: number): number {
  if (limit === undefined) return largest
  const rule =
    limit > largest
      ? `less than or equal to ${largest}`
      : limit < 1
        ? 'greater than or equal to 1'
        : undefined
  if (rule !== undefined) {
    throw invalidParameter(brokenRule('limit', `Member must have value ${rule}`, `'${limit}'`))
  }
  return limit
}
