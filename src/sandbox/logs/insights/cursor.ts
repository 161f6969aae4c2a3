import { malformed } from './malformed.ts'
import { type Token, tokensOf } from './tokens.ts'

/** Takes the tokens of a query in order. Its functions throw ServiceError. */
export interface Cursor {
  peek(): Token
  next(): Token
  is(text: string): boolean
  /** Takes the next token if it is this symbol or this word. */
  takes(text: string): boolean
  /** Takes this symbol or this word. */
  needs(text: string): void
  /** The name after `as`; undefined if there is none. */
  alias(): string | undefined
  /** One or more, with commas between them. */
  list<Item>(read: () => Item): Item[]
  /** The text of the query from a place to the last token that was taken. */
  written(from: number): string
}

export function cursorOf(query: string): Cursor {
  const tokens = tokensOf(query)
  let position = 0
  const end: Token = { kind: 'end', text: '', from: query.length, to: query.length }
  const peek = () => tokens[position] ?? end
  const next = () => tokens[position++] ?? end
  const is = (text: string) => {
    const token = peek()
    return (token.kind === 'symbol' || token.kind === 'name') && token.text.toLowerCase() === text
  }
  const takes = (text: string) => {
    if (!is(text)) return false
    position += 1
    return true
  }
  return {
    peek,
    next,
    is,
    takes,
    needs(text) {
      if (!takes(text)) throw unexpected(peek(), text)
    },
    alias() {
      if (!takes('as')) return undefined
      const token = next()
      if (token.kind !== 'name') throw unexpected(token, 'a name')
      return token.text
    },
    list(read) {
      const items = [read()]
      while (takes(',')) items.push(read())
      return items
    },
    written: (from) => query.slice(from, tokens[position - 1]?.to),
  }
}

export function unexpected({ text, kind, from }: Token, expected: string): Error {
  const found = kind === 'end' ? 'the end of the query' : text
  return malformed(`unexpected symbol found ${found}, expected ${expected}`, from)
}
