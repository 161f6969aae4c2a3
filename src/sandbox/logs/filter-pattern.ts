import { cutIntoTokens, unescaped } from '../grammar/tokens.ts'
import { brokenRule } from '../protocol/service-error.ts'
import { invalidParameter } from './errors.ts'
import { jsonPattern } from './json-pattern.ts'

export type Matcher = (message: string) => boolean

const term = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/y

/** CloudWatch Logs' limit, in characters. */
const longestPattern = 1024

/**
 * Reads a filter pattern: `ERROR "out of memory" -health` (all terms in any order, without the excluded ones), `?ERROR
 * ?WARN` (any term), `{ $.level = "error" }` (fields of JSON). Terms are case-sensitive. As in CloudWatch, terms with
 * `?` are ignored beside other terms.
 *
 * @throws ServiceError InvalidParameterException, also for `[a, b]` and `%regex%`, which the sandbox does not support
 */
export function filterPattern(pattern: string): Matcher {
  if (pattern.length > longestPattern) {
    throw invalidParameter(
      brokenRule('filterPattern', `Member must have length less than or equal to ${longestPattern}`),
    )
  }
  const text = pattern.trim()
  if (text.startsWith('{')) return jsonPattern(text)
  if (text.startsWith('[') || /^-?%.*%$/.test(text)) {
    throw invalidParameter(
      `Invalid filter pattern '${text}': the sandbox has terms, "phrases", -excluded, ?any and { $.json } patterns only.`,
    )
  }
  const { all, none, any } = terms(text)
  const required = all.length + none.length > 0
  return (message) =>
    required || any.length === 0
      ? all.every((word) => message.includes(word)) && !none.some((word) => message.includes(word))
      : any.some((word) => message.includes(word))
}

function terms(text: string): { all: string[]; none: string[]; any: string[] } {
  const found = { all: [] as string[], none: [] as string[], any: [] as string[] }
  const tokens = cutIntoTokens(text, term)
  if (!tokens) throw invalidParameter(`Invalid filter pattern '${text}': a quote is not closed.`)
  for (const [, sign, quoted, bare] of tokens) {
    const word = quoted === undefined ? (bare ?? '') : unescaped(quoted)
    if (sign === '-') found.none.push(word)
    else if (sign === '?') found.any.push(word)
    else found.all.push(word)
  }
  return found
}
