/**
 * The value at a path of EventBridge, such as `$.detail.lines[0].sku`, which has no brackets around names.
 *
 * @returns undefined if there is none
 */
export function valueAt(path: string, value: unknown): unknown {
  let found = value
  for (const step of path.replace(/^\$\.?/, '').split(/\.|(?=\[)/)) {
    if (step === '') continue
    const [, index] = /^\[(\d+)\]$/.exec(step) ?? []
    if (index !== undefined) found = Array.isArray(found) ? (found as unknown[])[Number(index)] : undefined
    else found = memberOf(found, step)
  }
  return found
}

/** Tells whether a text is a path. */
export function isPath(text: string): boolean {
  return /^\$(?:\.[\w/-]+|\[\d+\])*$/.test(text)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
