import type { BundledModule } from './module-code.ts'
import type { Naming } from './named-files.ts'

/**
 * Returns a function that tells whether a read happens for sure once the function is used, and no code catches its
 * error. Functions are matched by name alone: if any call of that name is guarded, no read in it is certain.
 *
 * @param handler the name of the export that Lambda calls
 */
export function certainReads(own: readonly BundledModule[], handler: string): (naming: Naming) => boolean {
  const mentions = Map.groupBy(
    own.flatMap(({ named }) => named.mentions),
    ({ name }) => name,
  )
  const isCalled = (name: string | undefined, seen: readonly string[]): boolean => {
    if (name === undefined || name === handler) return true
    const places = (mentions.get(name) ?? []).filter(({ within }) => within !== name)
    return (
      !seen.includes(name) &&
      !places.some(({ isGuarded }) => isGuarded) &&
      places.some(({ within }) => isCalled(within, [...seen, name]))
    )
  }
  return ({ isRead, path, within }) => isRead && !path.includes('*') && isCalled(within, [])
}
