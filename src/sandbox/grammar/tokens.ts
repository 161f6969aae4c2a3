/**
 * Cuts a text into tokens. White space that a token begins with belongs to its pattern; that at the end of the text is none.
 *
 * @param token matches one token; sticky
 * @returns a match for each; undefined where something is no token
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

/** The first group of a match that took part in it. */
export function matchedGroup(match: RegExpExecArray): string {
  return match.slice(1).find((group) => group !== undefined) ?? ''
}

/** The text between quotes, in which a backslash stands before a character that is meant as it is. */
export function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/g, '$1')
}

/** The tokens of a text, which a parser takes in their order. */
export interface Tokens<Token> {
  /** Takes the next one; undefined at the end. */
  next(): Token | undefined
  /** Takes the next one if it is one of these. */
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
