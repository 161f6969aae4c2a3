import { intrinsicOf } from '../intrinsics.ts'
import { isList, isParts, noParts, type Part, type Parts, partAt, partsOf } from '../part.ts'

/**
 * The properties of a function with those of `Globals`, merged as SAM does: maps key by key, lists one after the other,
 * everything else from the function.
 */
export function withGlobals(template: Part, properties: Part | undefined): Parts {
  const globals = partAt(template, 'Globals', 'Function')
  if (!globals) return partsOf(properties)
  return properties ? partsOf(merged(globals, properties)) : (partsOf(globals) ?? noParts)
}

function merged(shared: Part, own: Part): Part {
  if (intrinsicOf(shared) || intrinsicOf(own)) return own
  if (isList(shared.value) && isList(own.value)) return { ...own, value: [...shared.value, ...own.value] }
  if (!isParts(shared.value) || !isParts(own.value)) return own
  const value = new Map(shared.value)
  for (const [name, part] of own.value) {
    const before = value.get(name)
    value.set(name, before ? merged(before, part) : part)
  }
  return { ...own, value }
}
