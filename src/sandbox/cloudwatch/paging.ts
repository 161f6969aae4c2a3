import { invalidToken } from './failures.ts'

/** A page of a list and the token of the next one. */
export interface Page<Item> {
  items: Item[]
  next: string | undefined
}

/** Cuts the page out of a list that `token` asks for; the token is an offset. */
export function pageOf<Item>(items: readonly Item[], size: number, token: string | undefined): Page<Item> {
  const start = offsetOf(token)
  const end = start + size
  return { items: items.slice(start, end), next: end < items.length ? tokenOf(end) : undefined }
}

/** The offset that a token holds; 0 without one. */
export function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))
  if (!match) throw invalidToken()
  return Number(match[1])
}

export function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}
