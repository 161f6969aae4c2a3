import { posix } from 'node:path'

/** As the kernel has it. */
export const mostLinks = 40

/**
 * The path that a link of a package leads to, followed through all other links on the way, as the kernel does it: `..` after
 * a link is the folder above what the link leads to.
 *
 * @param link its path in the package
 * @param targetOf what a link at a path points to, relative to its folder; undefined where there is none
 * @returns undefined where it leaves the package; a link again where links form a circle
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
