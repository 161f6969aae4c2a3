import { malformed } from './malformed.ts'

export interface Token {
  kind: 'text' | 'regex' | 'number' | 'span' | 'name' | 'symbol' | 'end'
  /** Without quotes, slashes and backticks. */
  text: string
  /** The places in the query where it begins and where it ends. */
  from: number
  to: number
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['text', /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ['span', /(\d+(?:ms|s|m|h|d|w))\b/y],
  ['number', /(\d+(?:\.\d+)?)/y],
  ['name', /(@?[A-Za-z_][\w.]*)|`([^`]+)`/y],
  ['symbol', /(<=|>=|!=|=~|[=<>+\-*/%(),|[\]])/y],
]
const regex = /\/((?:[^/\\]|\\.)*)\//y
const blank = /(?:\s|#[^\n]*)*/y

/** Cuts a query into tokens. A slash begins a regular expression after `like`, `=~` and `parse`. @throws ServiceError */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  for (let at = skipped(query, 0); at < query.length; at = skipped(query, tokens.at(-1)?.to ?? at)) {
    const found = tokenAt(query, at, takesRegex(tokens))
    if (!found) throw malformed(`unexpected symbol found ${query[at]}`, at)
    tokens.push(found)
  }
  return tokens
}

function skipped(query: string, at: number): number {
  blank.lastIndex = at
  blank.exec(query)
  return blank.lastIndex
}

function takesRegex(tokens: readonly Token[]): boolean {
  const [before, last] = [tokens.at(-2)?.text, tokens.at(-1)?.text]
  return last === 'like' || last === '=~' || last === 'parse' || before === 'parse'
}

function tokenAt(query: string, at: number, mayBeRegex: boolean): Token | undefined {
  const possible: readonly [Token['kind'], RegExp][] = mayBeRegex ? [['regex', regex], ...patterns] : patterns
  for (const [kind, pattern] of possible) {
    pattern.lastIndex = at
    const match = pattern.exec(query)
    if (match) return { kind, text: match[1] ?? match[2] ?? '', from: at, to: pattern.lastIndex }
  }
  return undefined
}
