/** An entry that a client names; undefined for inherited names such as `constructor`. */
export function ownEntry<Value>(
  entries: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return entries && Object.hasOwn(entries, name) ? entries[name] : undefined
}
