import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { changeWords } from '../../release/changes/change-words.ts'
import { functionChanges } from '../../release/changes/configuration-changes.ts'
import { ownerOf } from '../../release/values/owner.ts'
import type { Shipped } from '../../release/values/shipped.ts'

/** A function whose $LATEST a release publishes, and the version that its alias serves. */
interface Sides {
  fn: ResolvedFunction
  latest: FunctionState | undefined
  serving: FunctionState | undefined
}

/** Returns the settings that another tool changed since the serving version; undefined for none. */
export function shippedChanges({ fn, latest, serving }: Sides): Shipped | undefined {
  if (fn.manages === 'function' || !latest || !serving) return undefined
  // A version's own Description names its origin.
  const { description } = latest.settings
  const changes = functionChanges({ ...serving.settings, description }, latest.settings).map(changeWords)
  const by = ownerOf(latest.tags)
  return changes.length > 0 ? { ...(by !== undefined && { by }), changes } : undefined
}
