import type { Expression } from './expression.ts'

/** The conditions of a tail on its lines, as far as CloudWatch may help with them. */
export interface Conditions {
  /** Texts that each line contains. */
  contained: readonly string[]
  filter?: Expression | undefined
}

/**
 * The characters that a regular expression in a filter pattern may hold, without those that a logger may write in two
 * ways.
 */
const allowed = /[A-Za-z0-9_#=@:;,-]+/g
/** Shorter texts are in most lines. */
const shortest = 3

/**
 * A CloudWatch filter pattern, of the longest text, that every wanted line meets, also in JSON behind a prefix:
 * `%text%` finds a text anywhere, as terms without `%` may not. It leaves out conditions that it can't express; the
 * rest is decided here.
 *
 * @returns undefined where it would express nothing
 */
export function filterPattern({ contained, filter }: Conditions): string | undefined {
  const texts = [...contained, ...(filter ? textsIn(filter) : [])]
  const parts = texts.flatMap((text) => longest(text.match(allowed) ?? []))
  const [part] = longest(parts)
  return part === undefined ? undefined : `%${part}%`
}

/** The texts that a line contains which meets a condition. */
function textsIn(expression: Expression): string[] {
  if (expression.kind === 'and') return expression.of.flatMap(textsIn)
  if (expression.kind !== 'compare' || expression.operator !== '=') return []
  // Lines have levels, versions and functions in many forms.
  if (['level', 'version', 'function'].includes(expression.field)) return []
  return typeof expression.value === 'string' ? [expression.value] : []
}

function longest(parts: readonly string[]): string[] {
  const part = parts.reduce((best, each) => (each.length > best.length ? each : best), '')
  return part.length >= shortest ? [part] : []
}
