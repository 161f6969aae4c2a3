import { cutIntoTokens, unescaped } from '../grammar/tokens.ts'
import { brokenRule } from '../protocol/service-error.ts'
import { invalidParameter } from './errors.ts'
import { jsonPattern } from './json-pattern.ts'

export type Matcher = (message: string) => boolean

const term = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%(?=\s|$)|([^\s"]+))/y

/** The characters of a regular expression that CloudWatch takes, and how many of them a pattern may have. */
const regexCharacters = /^[A-Za-z0-9:_#=@/;,\-^$?[\]{}|\\*+.()]+$/
const mostRegexes = 2

/** CloudWatch Logs' limit, in characters. */
const longestPattern = 1024

/**
 * Reads a filter pattern: `ERROR "out of memory" -health` (all terms in any order, without the excluded ones), `?ERROR
 * ?WARN` (any term), `%ERR.R%` (a regular expression), `{ $.level = "error" }` (fields of JSON). Terms are
 * case-sensitive. As in CloudWatch, terms with `?` are ignored beside other terms.
 *
 * @throws ServiceError InvalidParameterException, also for `[a, b]`, which the sandbox does not support
 */
export function filterPattern(pattern: string): Matcher {
  if (pattern.length > longestPattern) {
    throw invalidParameter(
      brokenRule('filterPattern', `Member must have length less than or equal to ${longestPattern}`),
    )
  }
  const text = pattern.trim()
  if (text.startsWith('{')) return jsonPattern(text)
  if (text.startsWith('[')) {
    throw invalidParameter(
      `Invalid filter pattern '${text}': the sandbox has terms, "phrases", %regexes%, -excluded, ?any and { $.json } patterns only.`,
    )
  }
  const { all, none, any } = terms(text)
  const required = all.length + none.length > 0
  return (message) =>
    required || any.length === 0
      ? all.every((has) => has(message)) && !none.some((has) => has(message))
      : any.some((has) => has(message))
}

function terms(text: string): { all: Matcher[]; none: Matcher[]; any: Matcher[] } {
  const found = { all: [] as Matcher[], none: [] as Matcher[], any: [] as Matcher[] }
  const tokens = cutIntoTokens(text, term)
  if (!tokens) throw invalidParameter(`Invalid filter pattern '${text}': a quote is not closed.`)
  if (tokens.filter(([, , , regex]) => regex !== undefined).length > mostRegexes) {
    throw invalidParameter(
      `Invalid filter pattern '${text}': it has more than ${mostRegexes} regular expressions.`,
    )
  }
  for (const [, sign, quoted, regex, bare] of tokens) {
    const has =
      regex === undefined
        ? contains(quoted === undefined ? (bare ?? '') : unescaped(quoted))
        : matching(regex)
    if (sign === '-') found.none.push(has)
    else if (sign === '?') found.any.push(has)
    else found.all.push(has)
  }
  return found
}

function contains(word: string): Matcher {
  return (message) => message.includes(word)
}

function matching(regex: string): Matcher {
  if (!regexCharacters.test(regex))
    throw invalidParameter(
      `Invalid filter pattern '%${regex}%': CloudWatch takes no such character in a regular expression.`,
    )
  try {
    const expression = new RegExp(regex)
    return (message) => expression.test(message)
  } catch {
    throw invalidParameter(`Invalid filter pattern '%${regex}%': it is no regular expression.`)
  }
}
