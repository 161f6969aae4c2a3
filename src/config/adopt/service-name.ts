import { createHash } from 'node:crypto'

/** So that a function's name in Lambda, `<service>-<function>-<env>`, has room in its 64 characters. */
const longest = 32

/**
 * A service's name from that of its folder: letters, digits, - and _, at most 32 characters. Folders of other names give
 * other services: what is lost of a name is replaced by a few characters of its hash.
 */
export function serviceNameOf(folder: string): string {
  const name = plainName(folder)
  if (name !== '' && name.length <= longest) return name
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 6)
  if (name === '') return folder === '' ? 'service' : `service-${hash}`
  return `${name.slice(0, longest - hash.length - 1).replace(/[-_]+$/, '')}-${hash}`
}

/** A text as a name: accents are left out, and what else is no letter or digit becomes a dash. */
function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
}
