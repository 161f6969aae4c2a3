/** Sorted by path in the order of code units, which is the same on every machine and in every locale. */
export function byPath<T extends { readonly path: string }>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)))
}
