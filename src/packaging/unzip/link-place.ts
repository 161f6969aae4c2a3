import { posix } from 'node:path'

/** The kernel's limit. */
export const mostLinks = 40

/**
 * The path that a link of a package leads to, followed through all links on the way. As in the kernel, `..` after a
 * link means the folder above the link's target.
 *
 * @param link its path in the package
 * @param targetOf the target of a link at a path, relative to its folder; undefined if there is no link
 * @returns undefined if the target is outside of the package; a link's own path if links form a circle
 */
export function linkPlace(link: string, targetOf: (path: string) => string | undefined): string | undefined {
  const ahead = link.split('/')
  const place: string[] = []
  for (let followed = 0; ahead.length > 0 && followed < mostLinks; ) {
    const name = ahead.shift() ?? ''
    if (name === '' || name === '.') continue
    if (name !== '..') place.push(name)
    else if (place.pop() === undefined) return undefined
    const target = name === '..' ? undefined : targetOf(place.join('/'))
    if (target === undefined) continue
    if (posix.isAbsolute(target)) return undefined
    place.pop()
    ahead.unshift(...target.split('/'))
    followed += 1
  }
  return [...place, ...ahead].join('/')
}
