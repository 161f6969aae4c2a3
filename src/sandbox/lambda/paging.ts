import { invalidParameter } from './faults.ts'
import { numberWithin } from './validation.ts'

/** Largest page of most lists, whatever `MaxItems` says. */
const largestPage = 50

/** One page of a list; `next` is the marker of the following page. */
export interface Page<T> {
  items: T[]
  next: string | undefined
}

/**
 * Cuts a page out of a list in the order of its keys. A marker holds the last key shown, so that items removed
 * between two pages skip nothing.
 *
 * @throws ServiceError 400 for a marker that no list gave, or a MaxItems out of bounds
 */
export function pageOf<T>(
  items: T[],
  keyOf: (item: T) => string,
  request: { Marker?: string | undefined; MaxItems?: number | undefined },
): Page<T> {
  numberWithin(request.MaxItems, 'maxItems', 1, 10_000)
  const after = request.Marker === undefined ? undefined : readMarker(request.Marker)
  const sorted = items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const rest = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after)
  const shown = rest.slice(0, Math.min(request.MaxItems ?? largestPage, largestPage))
  const last = shown.at(-1)
  return { items: shown, next: last && shown.length < rest.length ? writeMarker(keyOf(last)) : undefined }
}

function writeMarker(key: string): string {
  return Buffer.from(JSON.stringify({ after: key })).toString('base64')
}

function readMarker(marker: string): string {
  const match = /^\{"after":"(.*)"\}$/.exec(Buffer.from(marker, 'base64').toString('utf8'))
  if (!match) throw invalidParameter(`Invalid marker: ${marker}`)
  return match[1] ?? ''
}
