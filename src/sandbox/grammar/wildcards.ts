/**
 * Tells whether a text consists of the parts with anything between them. A regular expression with many wildcards could
 * keep the sandbox busy for hours, so none is used.
 */
export function hasInOrder(text: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let position = first.length
  for (const part of others) {
    const found = text.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return text.length - position >= last.length && text.endsWith(last)
}
