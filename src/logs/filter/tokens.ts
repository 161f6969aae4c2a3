/** A part of a filter's text. */
export interface Token {
  kind: 'word' | 'quoted' | 'operator' | 'open' | 'close'
  text: string
  /** Where it begins, characters from the start. */
  at: number
}

/** The place of a mistake in a filter's text. */
export interface Mistake {
  expected: string
  at: number
}

const token =
  /\s*(?:(?<open>\()|(?<close>\))|(?<operator><=|>=|!=|==|=|<|>|!~|~)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<word>[^\s()<>=!~"']+))/y

/** Cuts a filter's text into tokens. */
export function tokensOf(text: string): Token[] | Mistake {
  const tokens: Token[] = []
  token.lastIndex = 0
  const end = text.trimEnd().length
  while (token.lastIndex < end) {
    const from = token.lastIndex
    const groups = token.exec(text)?.groups
    if (!groups)
      return {
        expected: 'a field, a value or an operator',
        at: from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0),
      }
    tokens.push({ ...tokenOf(groups), at: from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0) })
  }
  return tokens
}

function tokenOf({
  open,
  close,
  operator,
  double,
  single,
  word = '',
}: Record<string, string | undefined>): Omit<Token, 'at'> {
  if (open !== undefined) return { kind: 'open', text: open }
  if (close !== undefined) return { kind: 'close', text: close }
  if (operator !== undefined) return { kind: 'operator', text: operator }
  const quoted = double ?? single
  return quoted === undefined
    ? { kind: 'word', text: word }
    : { kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') }
}
