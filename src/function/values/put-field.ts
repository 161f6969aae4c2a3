/** Puts a value into a map of fields, at keys from the top down; missing maps on the way are made. */
export function putField(fields: object, [key = '', ...rest]: readonly string[], value: unknown): void {
  const map = fields as Record<string, unknown>
  if (rest.length === 0) {
    map[key] = value
    return
  }
  map[key] ??= {}
  putField(map[key] as object, rest, value)
}
