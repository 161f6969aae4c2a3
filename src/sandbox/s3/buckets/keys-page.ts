import { invalidArgument } from '../storage/errors.ts'
import type { StoredObject } from '../storage/store.ts'

/** The facts about an object's content in a list. */
export function contentMembers({ etag, size, StorageClass = 'STANDARD', checksum }: StoredObject) {
  return {
    ETag: etag,
    Size: size,
    StorageClass: StorageClass as 'STANDARD',
    ...(checksum && { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
  }
}

/** S3's page size for lists of keys. */
const largestPage = 1000

/** A page of keys: some stand for themselves, others are rolled up into the prefix that they share. */
export interface KeysPage<Item> {
  items: Item[]
  prefixes: string[]
  /** The last key or prefix shown; undefined if nothing follows. */
  next: { text: string; isPrefix: boolean } | undefined
}

export interface KeysRequest {
  prefix: string
  delimiter: string
  marker: Marker
  max: number
}

/** The end of the page before. */
export interface Marker {
  /** A key, or a prefix that keys were rolled up into; '' for the first page. */
  text: string
  /** Of the last item, where several have one key. */
  id?: string | undefined
  /** Default: whether keys are rolled up into the text. */
  isPrefix?: boolean
}

/** Names an item; several items may have one key. */
type Identify<Item> = (item: Item) => { key: string; id?: string }

/** Cuts a page out of items, in the order of their keys. */
export function keysPage<Item>(
  items: readonly Item[],
  identify: Identify<Item>,
  { prefix, delimiter, marker, max }: KeysRequest,
): KeysPage<Item> {
  const page: KeysPage<Item> = { items: [], prefixes: [], next: undefined }
  if (max === 0) return page
  const { text, isPrefix = rolledUp(text, prefix, delimiter) === text } = marker
  let last: KeysPage<Item>['next']
  for (const item of itemsAfter(items, identify, marker)) {
    const { key } = identify(item)
    if (!key.startsWith(prefix) || (isPrefix && key.startsWith(text))) continue
    const rolled = rolledUp(key, prefix, delimiter)
    if (rolled !== undefined && rolled === page.prefixes.at(-1)) continue
    if (page.items.length + page.prefixes.length === max) return { ...page, next: last }
    if (rolled === undefined) page.items.push(item)
    else page.prefixes.push(rolled)
    last = { text: rolled ?? key, isPrefix: rolled !== undefined }
  }
  return page
}

/** If the marked item is gone, all others of its key follow: they may be unseen. */
function itemsAfter<Item>(
  items: readonly Item[],
  identify: Identify<Item>,
  { text, id }: Marker,
): readonly Item[] {
  if (!id) return items.filter((item) => identify(item).key > text)
  const marked = items.findIndex((item) => {
    const { key, id: own } = identify(item)
    return key === text && own === id
  })
  return marked === -1 ? items.filter((item) => identify(item).key >= text) : items.slice(marked + 1)
}

function rolledUp(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined
  const end = key.indexOf(delimiter, prefix.length)
  return end === -1 ? undefined : key.slice(0, end + delimiter.length)
}

/** @throws ServiceError 400 */
export function pageSize(name: string, asked: number | undefined): number {
  if (asked === undefined) return largestPage
  if (!Number.isInteger(asked) || asked < 0 || asked > 2_147_483_647) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, asked)
  }
  return Math.min(asked, largestPage)
}

/**
 * Encodes a key for XML, which has no way to write some characters.
 *
 * @returns the identity if no encoding is asked for
 * @throws ServiceError 400 for an encoding that S3 does not have
 */
export function encoderOf(type: string | undefined): (key: string) => string {
  if (type === undefined) return (key) => key
  if (type !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type)
  return (key) =>
    encodeURIComponent(key)
      .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%2F', '/')
      .replaceAll('%20', '+')
}
