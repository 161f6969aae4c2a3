import { cutIntoTokens, unescaped } from '../../grammar/tokens.ts'
import { brokenRule } from '../../protocol/service-error.ts'
import { invalidParameter } from '../errors.ts'
import { jsonPattern } from './json-pattern.ts'
import type { FilterPattern, Matcher } from './pattern.ts'
import { regexOf } from './regex.ts'
import { spacePattern } from './space-pattern.ts'

const term = /\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%(?=\s|$)|([^\s"]+))/y

/** How many regular expressions a pattern may have. */
const mostRegexes = 2

/** CloudWatch Logs' limit, in characters. */
const longestPattern = 1024

/** Reads a filter pattern for its matches only. @throws ServiceError InvalidParameterException */
export function filterPattern(pattern: string): Matcher {
  return parsePattern(pattern).matches
}

/**
 * Reads a filter pattern: `ERROR "out of memory" -health` (all terms in any order, without the excluded ones), `?ERROR
 * ?WARN` (any term), `%ERR.R%` (a regular expression), `{ $.level = "error" }` (fields of JSON), `[ip, ..., status = 5*]`
 * (fields with spaces between them). Terms are case-sensitive. As in CloudWatch, terms with `?` are ignored beside other
 * terms.
 *
 * @throws ServiceError InvalidParameterException
 */
export function parsePattern(pattern: string): FilterPattern {
  if (pattern.length > longestPattern) {
    throw invalidParameter(
      brokenRule(
        'filterPattern',
        `Member must have length less than or equal to ${longestPattern}`,
        `'${pattern}'`,
      ),
    )
  }
  const text = pattern.trim()
  if (text.startsWith('{')) return jsonPattern(text)
  if (text.startsWith('[')) return spacePattern(text)
  return { matches: termMatcher(text), values: () => ({}) }
}

function termMatcher(text: string): Matcher {
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
      regex === undefined ? contains(quoted === undefined ? (bare ?? '') : unescaped(quoted)) : regexOf(regex)
    if (sign === '-') found.none.push(has)
    else if (sign === '?') found.any.push(has)
    else found.all.push(has)
  }
  return found
}

function contains(word: string): Matcher {
  return (message) => message.includes(word)
}
