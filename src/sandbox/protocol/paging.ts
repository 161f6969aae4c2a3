/** A page of a list and the token of the next one. */
export interface Page<Item> {
  items: Item[]
  next: string | undefined
}

/** The requested page. */
export interface PageRequest {
  size: number
  token: string | undefined
  /** The greatest key first. */
  descending?: boolean | undefined
  /** The service's error for an unknown token. */
  invalidToken: () => Error
}

/**
 * Cuts a page out of a list in the order of its keys, which are unique. The token holds the last shown key, so items
 * that come or go between two pages neither hide nor repeat others.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { size, token, descending = false, invalidToken }: PageRequest,
): Page<Item> {
  const after = token === undefined ? undefined : keyIn(token, invalidToken)
  const isBefore = (left: string, right: string) => (descending ? left > right : left < right)
  const rest = items
    .map((item) => ({ key: keyOf(item), item }))
    .filter(({ key }) => after === undefined || isBefore(after, key))
    .toSorted((left, right) => (isBefore(left.key, right.key) ? -1 : 1))
  const shown = rest.slice(0, size)
  const last = shown.at(-1)
  const next = last && shown.length < rest.length ? tokenOf(last.key) : undefined
  return { items: shown.map(({ item }) => item), next }
}

/** A number as a key with the same order. */
export function numberKey(value: number): string {
  return String(value).padStart(16, '0')
}

function tokenOf(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url')
}

function keyIn(token: string, invalidToken: () => Error): string {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (!text.startsWith('after:')) throw invalidToken()
  return text.slice('after:'.length)
}
