import { textOf } from '../json.ts'
import type { Resource } from './resources.ts'

/** Functions by a text that names them; two accounts or Regions may have the same name. */
export type FunctionsBy = ReadonlyMap<string, readonly Resource[]>

/** Indexes functions by attributes: an output has thousands of them, and each resource may name any. */
export function functionsBy(functions: readonly Resource[], ...attributes: readonly string[]): FunctionsBy {
  const found = new Map<string, Resource[]>()
  for (const fn of functions) {
    for (const text of new Set(attributes.map((name) => textOf(fn.values[name])))) {
      if (!text) continue
      const there = found.get(text)
      if (there) there.push(fn)
      else found.set(text, [fn])
    }
  }
  return found
}
