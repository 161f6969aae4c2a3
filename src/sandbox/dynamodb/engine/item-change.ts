import type { Json } from './actions.ts'

/** A write of one item. Images are in DynamoDB's JSON; undefined before it is made or after it is deleted. */
export interface ItemChange {
  table: string
  before: Json | undefined
  after: Json | undefined
  /** DynamoDB has deleted the item at the end of its time to live. */
  isExpiry: boolean
}
