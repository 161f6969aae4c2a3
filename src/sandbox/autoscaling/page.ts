import { type Page, pageOf } from '../protocol/paging.ts'
import { ServiceError } from '../protocol/service-error.ts'

/** A page of Application Auto Scaling. */
export function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  usual: number,
): Page<Item> {
  return pageOf(items, keyOf, {
    size: Math.min(MaxResults ?? usual, usual),
    token: NextToken,
    invalidToken: () =>
      new ServiceError('InvalidNextTokenException', 400, 'The NextToken provided is invalid'),
  })
}
