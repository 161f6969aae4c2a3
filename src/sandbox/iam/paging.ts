import { pageOf } from '../protocol/paging.ts'
import { invalidInput } from './records.ts'

interface PageRequest {
  MaxItems?: number | undefined
  Marker?: string | undefined
}

/** A page of a list with IAM's members. */
export function iamPage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { MaxItems = 100, Marker }: PageRequest,
): { items: Item[]; more: { IsTruncated: boolean; Marker?: string } } {
  const { items: shown, next } = pageOf(items, keyOf, {
    size: MaxItems,
    token: Marker,
    invalidToken: () => invalidInput('Invalid Marker.'),
  })
  return {
    items: shown,
    more: { IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) },
  }
}
