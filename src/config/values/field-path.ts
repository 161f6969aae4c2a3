/** Keys and indices from the top of the file, or from a field, down to a value. */
export type FieldPath = readonly PropertyKey[]

/** The value at a path; undefined if there is none. */
export function valueAt(input: unknown, path: FieldPath): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
