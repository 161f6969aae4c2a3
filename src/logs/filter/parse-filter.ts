import { LambdactlError } from '../../errors/error.ts'
import { levelOf } from '../lines/level.ts'
import type { Expression, Operator, Value } from './expression.ts'
import { type Mistake, type Token, tokensOf } from './tokens.ts'

/**
 * Reads a filter: comparisons `total>100`, `level>=warn`, `user.id="a1"`, `msg~"time.?out"`, a field alone (it is
 * there), joined by `and`, `or`, `not` and parentheses; `and` binds closer than `or`.
 *
 * @throws LambdactlError USAGE that shows the place
 */
export function parseFilter(text: string): Expression {
  const { expression, mistake } = readFilter(text)
  if (expression) return expression
  throw new LambdactlError(
    'USAGE',
    `--filter can't be read: ${mistakeText(text, mistake)}.\n  ${text}\n  ${' '.repeat(mistake.at)}^`,
    { next: [`Write it like this: --filter 'level>=warn and total>100'`] },
  )
}

/** A filter, or its first mistake. */
export type ReadFilter =
  | { expression: Expression; mistake?: undefined }
  | { expression?: undefined; mistake: Mistake }

/** Reads a filter as `parseFilter` does, for a person who is still typing it. */
export function readFilter(text: string): ReadFilter {
  const tokens = tokensOf(text)
  if (!Array.isArray(tokens)) return { mistake: tokens }
  if (tokens.length === 0) return { mistake: { expected: 'a condition', at: 0 } }
  const reader = new Reader(text, tokens)
  try {
    const expression = reader.alternatives()
    reader.requireEnd()
    return { expression }
  } catch (error) {
    if (error instanceof Misread) return { mistake: error.mistake }
    throw error
  }
}

/** `expected a level such as warn, got "loud"`. */
function mistakeText(text: string, { expected, at }: Mistake): string {
  const rest = text.slice(at).trim()
  return `expected ${expected}, got ${rest === '' ? 'the end' : JSON.stringify(rest.split(/\s/, 1)[0])}`
}

/** Ends the reading of a filter. */
class Misread extends Error {
  readonly mistake: Mistake

  constructor(mistake: Mistake) {
    super(mistake.expected)
    this.mistake = mistake
  }
}

/** Each level of nesting takes a part of the stack; nobody writes so many. */
const mostNested = 200

/** Reads tokens by recursive descent. */
class Reader {
  private readonly text: string
  private readonly tokens: readonly Token[]
  private next = 0
  /** The number of conditions around the present one. */
  private depth = 0

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text
    this.tokens = tokens
  }

  alternatives(): Expression {
    const of = [this.conditions()]
    while (this.takes('or', '||')) of.push(this.conditions())
    return joined('or', of)
  }

  requireEnd(): void {
    if (this.next < this.tokens.length) throw this.wrong('"and", "or" or the end')
  }

  private conditions(): Expression {
    const of = [this.condition()]
    while (this.takes('and', '&&')) of.push(this.condition())
    return joined('and', of)
  }

  private condition(): Expression {
    if (this.depth >= mostNested) throw this.wrong(`no more than ${mostNested} conditions inside each other`)
    this.depth += 1
    const found = this.nested()
    this.depth -= 1
    return found
  }

  private nested(): Expression {
    if (this.takes('not')) return { kind: 'not', of: this.condition() }
    if (this.peek()?.kind === 'open') {
      this.next += 1
      const inside = this.alternatives()
      if (this.peek()?.kind !== 'close') throw this.wrong('")"')
      this.next += 1
      return inside
    }
    return this.comparison()
  }

  private comparison(): Expression {
    const field = this.peek()
    if (field?.kind !== 'word' && field?.kind !== 'quoted') throw this.wrong('a field')
    this.next += 1
    const operator = this.peek()
    if (operator?.kind !== 'operator') return { kind: 'has', field: field.text }
    this.next += 1
    const value = this.peek()
    if (value?.kind !== 'word' && value?.kind !== 'quoted') throw this.wrong('a value')
    this.next += 1
    return this.compared(field.text, operator.text, value)
  }

  private compared(field: string, operator: string, value: Token): Expression {
    if (field === 'level' && !operator.includes('~') && levelOf(value.text) === undefined) {
      throw new Misread({ expected: 'a level such as warn', at: value.at })
    }
    if (operator === '~') return { kind: 'match', field, pattern: this.pattern(value) }
    if (operator === '!~') return { kind: 'not', of: { kind: 'match', field, pattern: this.pattern(value) } }
    return {
      kind: 'compare',
      field,
      operator: (operator === '==' ? '=' : operator) as Operator,
      value: valueOf(value),
    }
  }

  private pattern({ text, at }: Token): RegExp {
    try {
      return new RegExp(text)
    } catch {
      throw new Misread({ expected: 'a regular expression', at })
    }
  }

  private takes(...words: string[]): boolean {
    const token = this.peek()
    if (token?.kind !== 'word' || !words.includes(token.text.toLowerCase())) return false
    this.next += 1
    return true
  }

  private peek(): Token | undefined {
    return this.tokens[this.next]
  }

  private wrong(expected: string): Misread {
    return new Misread({ expected, at: this.peek()?.at ?? this.text.length })
  }
}

function joined(kind: 'and' | 'or', of: readonly Expression[]): Expression {
  return of.length === 1 && of[0] ? of[0] : { kind, of }
}

function valueOf({ kind, text }: Token): Value {
  if (kind === 'quoted') return text
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
