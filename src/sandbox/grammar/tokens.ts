/**
 * Cuts a text into tokens. A token's pattern includes white space before it; white space at the end of the text is no
 * token.
 *
 * @param token matches one token; sticky
 * @returns one match for each token; undefined if a part of the text is no token
 */
export function cutIntoTokens(text: string, token: RegExp): RegExpExecArray[] | undefined {
  const tokens: RegExpExecArray[] = []
  const trimmed = text.trimEnd()
  token.lastIndex = 0
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed)
    if (!match) return undefined
    tokens.push(match)
  }
  return tokens
}

/** The first group of a match that has a value. */
export function matchedGroup(match: RegExpExecArray): string {
  return match.slice(1).find((group) => group !== undefined) ?? ''
}

/** The text between quotes; a backslash marks a character that is meant literally. */
export function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/g, '$1')
}

/** The tokens of a text, for a parser to take in order. */
export interface Tokens<Token> {
  /** Takes the next token; undefined at the end. */
  next(): Token | undefined
  /** Takes the next token if it is one of these. */
  nextOf<Wanted extends Token>(wanted: readonly Wanted[]): Wanted | undefined
  areOver(): boolean
}

export function tokensInOrder<Token>(all: readonly Token[]): Tokens<Token> {
  let position = 0
  return {
    next: () => all[position++],
    nextOf(wanted) {
      const found = wanted.find((one) => one === all[position])
      if (found !== undefined) position += 1
      return found
    },
    areOver: () => position >= all.length,
  }
}
