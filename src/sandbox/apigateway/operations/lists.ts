import { pageOf } from '../../protocol/paging.ts'
import { badRequest } from '../apis/store.ts'

interface ListRequest {
  MaxResults?: string | undefined
  NextToken?: string | undefined
}

/** API Gateway's largest page; the request's size is text. */
const largestPage = 500

/** A page of a list in the order of its keys. @throws ServiceError 400 */
export function listed<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults, NextToken }: ListRequest,
): { Items: Item[]; NextToken?: string } {
  const size = MaxResults === undefined ? largestPage : Number(MaxResults)
  if (!Number.isInteger(size) || size < 1) throw badRequest(`Invalid value for maxResults: ${MaxResults}`)
  const page = pageOf(items, keyOf, {
    size: Math.min(size, largestPage),
    token: NextToken,
    invalidToken: () => badRequest('Invalid NextToken'),
  })
  return { Items: page.items, ...(page.next !== undefined && { NextToken: page.next }) }
}
