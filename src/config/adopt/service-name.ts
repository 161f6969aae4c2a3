import { createHash } from 'node:crypto'

/** Leaves room in the 64 characters of a function's name in Lambda, `<service>-<function>-<env>`. */
const longest = 32

/**
 * A service's name from its folder's name: letters, digits, - and _, at most 32 characters. Different folder names give
 * different services: a few characters of a hash replace what is lost.
 */
export function serviceNameOf(folder: string): string {
  const name = plainName(folder)
  if (name !== '' && name.length <= longest) return name
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 6)
  if (name === '') return folder === '' ? 'service' : `service-${hash}`
  return `${name.slice(0, longest - hash.length - 1).replace(/[-_]+$/, '')}-${hash}`
}

/** A text as a name: accents are removed, and all characters except letters and digits become dashes. */
function plainName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
}
