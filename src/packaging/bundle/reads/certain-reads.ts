import type { BundledModule } from './module-code.ts'
import type { Naming } from './named-files.ts'

/**
 * Returns a question: whether a read that a module names happens for sure once the function is used, and nothing catches its
 * error. Functions are told by their names alone: where any place that calls one of that name guards it, nothing is certain.
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
