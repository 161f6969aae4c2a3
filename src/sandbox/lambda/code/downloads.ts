import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Links to files that need no credentials, like S3's presigned links: they can't be guessed, and expire. */
export interface Downloads {
  /** Path and query of a link to the file with this name. */
  link(name: string): string
  /** The name behind a link of this sandbox; undefined for a forged, foreign or expired link. */
  open(path: string, query: URLSearchParams): string | undefined
}

const folder = '/downloads/'
/** Lambda's own links are valid for ten minutes. */
const lifetimeMs = 600_000

/** @param clock milliseconds since the epoch */
export function createDownloads(clock: () => number): Downloads {
  const secret = randomBytes(32)
  const signatureOf = (name: string, expires: string) =>
    createHmac('sha256', secret).update(`${name} ${expires}`).digest('hex')
  return {
    link(name) {
      const expires = String(clock() + lifetimeMs)
      return `${folder}${name}?expires=${expires}&signature=${signatureOf(name, expires)}`
    },
    open(path, query) {
      if (!path.startsWith(folder)) return undefined
      const name = path.slice(folder.length)
      const expires = query.get('expires') ?? ''
      const isGenuine = same(query.get('signature') ?? '', signatureOf(name, expires))
      return isGenuine && clock() < Number(expires) ? name : undefined
    },
  }
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
