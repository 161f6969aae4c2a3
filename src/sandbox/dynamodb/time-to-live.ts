import { KeptMap } from '../state/kept-map.ts'

/** The time to live of a table's items. All of it is JSON. */
interface TimeToLive {
  region: string
  account: string
  table: string
  /** The attribute with the end of an item, a number of seconds since the epoch. */
  attribute: string
}

/** The tables whose items end, by Region and name: `eu-west-1/orders`. */
export type TimesToLive = KeptMap<TimeToLive>

export function createTimesToLive(): TimesToLive {
  return new KeptMap('dynamodb-time-to-live')
}
