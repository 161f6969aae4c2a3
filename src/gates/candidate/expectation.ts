/**
 * Finds the first place where a JSON value differs from the expected one. A map needs the expected keys and may have
 * others, at any depth. A list with all its items, and any other value, must be equal.
 *
 * @returns as in `items[2].price: expected 5, got 7`, without a path for the value as a whole; undefined if there is no
 * difference
 */
export function firstDifference(expected: unknown, got: unknown): string | undefined {
  return difference(expected, got, { path: '', isExact: false })
}

interface Place {
  path: string
  /** Within a list, maps may have no other keys. */
  isExact: boolean
}

function difference(expected: unknown, got: unknown, place: Place): string | undefined {
  if (Array.isArray(expected) && Array.isArray(got)) return differenceOfLists(expected, got, place)
  if (isMap(expected) && isMap(got)) return differenceOfMaps(expected, got, place)
  return expected === got ? undefined : told(place, shown(expected), shown(got))
}

function differenceOfLists(
  expected: readonly unknown[],
  got: readonly unknown[],
  place: Place,
): string | undefined {
  if (expected.length !== got.length) return told(place, items(expected), items(got))
  return first(expected.keys(), (index) =>
    difference(expected[index], got[index], { path: `${place.path}[${index}]`, isExact: true }),
  )
}

function differenceOfMaps(expected: JsonMap, got: JsonMap, place: Place): string | undefined {
  const keys = new Set([...Object.keys(expected), ...(place.isExact ? Object.keys(got) : [])])
  return first(keys, (key) =>
    difference(own(expected, key), own(got, key), { ...place, path: within(place.path, key) }),
  )
}

function first<Key>(keys: Iterable<Key>, find: (key: Key) => string | undefined): string | undefined {
  for (const key of keys) {
    const found = find(key)
    if (found !== undefined) return found
  }
  return undefined
}

type JsonMap = Readonly<Record<string, unknown>>

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key's value; JSON may have a key such as `toString`, which every object inherits. */
function own(map: JsonMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

function within(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function told({ path }: Place, expected: string, got: string): string {
  return `${path === '' ? '' : `${path}: `}expected ${expected}, got ${got}`
}

function items({ length }: readonly unknown[]): string {
  return length === 1 ? '1 item' : `${length} items`
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
