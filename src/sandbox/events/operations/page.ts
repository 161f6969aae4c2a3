import { pageOf } from '../../protocol/paging.ts'
import { invalid } from '../rules/errors.ts'

interface Asked {
  NamePrefix?: string | undefined
  Limit?: number | undefined
  NextToken?: string | undefined
}

/** EventBridge's largest page. */
const mostItems = 100

/** A page of things with names, in the order of the names. */
export function pageOfNames<Item extends { Name: string }>(items: readonly Item[], asked: Asked) {
  const { NamePrefix = '' } = asked
  return pageBy(
    items.filter(({ Name }) => Name.startsWith(NamePrefix)),
    ({ Name }) => Name,
    asked,
  )
}

export function pageBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { Limit, NextToken }: Asked,
) {
  return pageOf(items, keyOf, {
    size: Limit ?? mostItems,
    token: NextToken,
    invalidToken: () => invalid('Parameter NextToken is not valid.'),
  })
}
