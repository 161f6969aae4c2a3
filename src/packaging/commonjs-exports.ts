/** What a CommonJS module is seen to export without running it. */
export interface CommonJsExports {
  readonly names: readonly string[]
  /** Set where exports are assigned as a whole or copied over, so that there may be more names. */
  readonly open: boolean
}

const assignment = /\bexports(?:\.([A-Za-z_$][\w$]*)|\[\s*['"]([^'"]+)['"]\s*\])\s*=(?!=)/g
const definition = /Object\.defineProperty\(\s*(?:module\.)?exports\s*,\s*['"]([^'"]+)['"]/g
const whole = /\bmodule\.exports\s*=(?!=)|Object\.assign\(\s*(?:module\.)?exports\b|__exportStar\(/

/** Looks for assignments in code without comments. */
export function commonJsExports(code: string): CommonJsExports {
  const assigned = Array.from(code.matchAll(assignment), (match) => match[1] ?? match[2] ?? '')
  const defined = Array.from(code.matchAll(definition), (match) => match[1] ?? '')
  const names = [...new Set([...assigned, ...defined])].filter((name) => name !== '__esModule')
  return { names: names.toSorted(), open: whole.test(code) }
}

/**
 * Whether the module may export a name. Never wrongly no: where exports are assigned as a whole, the name's appearance
 * in the code is enough, and a call or a re-export could yield anything.
 */
export function mayExport(code: string, name: string): boolean {
  const { names, open } = commonJsExports(code)
  if (names.includes(name)) return true
  if (!open) return false
  const opaque = /\bmodule\.exports\s*=(?!=|\s*\{)|__exportStar\(|Object\.assign\(|\.\.\./.test(code)
  return opaque || code.split(/[^\w$]+/).includes(name)
}
