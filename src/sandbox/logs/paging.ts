import { invalidParameter } from './failures.ts'

/**
 * Cuts a page out of a list in the order of names; the token is the last name of the page before, so that groups and
 * streams that come or go meanwhile shift nothing.
 */
export function pageAfter<Item>(
  items: readonly Item[],
  limit: number,
  token: string | undefined,
  keyOf: (item: Item) => string,
): { page: Item[]; nextToken?: string } {
  const after = token === undefined ? undefined : decode(token)
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1
  if (after !== undefined && start === 0) throw invalidToken()
  const page = items.slice(start, start + limit)
  const last = page.at(-1)
  if (last === undefined || start + limit >= items.length) return { page }
  return { page, nextToken: Buffer.from(`after:${keyOf(last)}`).toString('base64url') }
}

export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.')
}

function decode(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8')
  if (!text.startsWith('after:')) throw invalidToken()
  return text.slice('after:'.length)
}

/** A limit between 1 and AWS's largest. */
export function limitOf(limit: number | undefined, largest: number, usual = largest): number {
  if (limit === undefined) return usual
  if (!Number.isInteger(limit) || limit < 1 || limit > largest) {
    throw invalidParameter(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and ${largest}`,
    )
  }
  return limit
}
