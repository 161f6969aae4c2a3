import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ItemChange } from '../engine/item-change.ts'
import type { Attributes, ChangeRecord, TableStream } from './table-stream.ts'

/**
 * The record of a write, without its place in the stream; undefined if the write has changed nothing.
 *
 * @param sizeOf bytes of an item, as DynamoDB counts them
 */
export function recordOf(
  { viewType, keySchema }: Pick<TableStream, 'viewType' | 'keySchema'>,
  change: Pick<ItemChange, 'before' | 'after' | 'isExpiry'>,
  sizeOf: (item: Attributes) => number,
): Omit<ChangeRecord, 'sequenceNumber' | 'arrivedAt'> | undefined {
  const [before, after] = [plain(change.before), plain(change.after)]
  const some = after ?? before
  if (!some || isDeepStrictEqual(before, after)) return undefined
  const keys = Object.fromEntries(
    keySchema.map(({ AttributeName: name = '' }): [string, unknown] => [name, some[name]]),
  )
  const hasNew = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES'
  const hasOld = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES'
  const images = {
    ...(hasNew && after && { newImage: after }),
    ...(hasOld && before && { oldImage: before }),
  }
  const sizes = [keys, ...Object.values(images)].map((item) => sizeOf(item))
  return {
    eventId: randomUUID().replaceAll('-', ''),
    eventName: nameOf(before, after),
    keys,
    ...images,
    size: sizes.reduce((sum, size) => sum + size),
    ...(change.isExpiry && { isExpiry: true }),
  }
}

function nameOf(before: object | undefined, after: object | undefined): ChangeRecord['eventName'] {
  if (!before) return 'INSERT'
  return after ? 'MODIFY' : 'REMOVE'
}

/** A copy that later writes leave alone; dynalite's items have no prototype. */
function plain(item: Attributes | undefined): Attributes | undefined {
  return item && (JSON.parse(JSON.stringify(item)) as Attributes)
}
