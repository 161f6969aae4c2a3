import { unescaped } from '../../grammar/tokens.ts'
import { aggregates } from './aggregates.ts'
import { type Cursor, unexpected } from './cursor.ts'
import { functions } from './functions.ts'
import { malformed } from './malformed.ts'
import type { Node } from './node.ts'
import type { Token } from './tokens.ts'

/** The operators from the weakest to the strongest; `not` stands between `and` and the comparisons. */
const levels = [['or'], ['and'], ['=', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']] as const
const ofAnd = 1
const ofComparison = 2

/** Reads an expression. @throws ServiceError MalformedQueryException */
export function expressionOf(cursor: Cursor): Node {
  return operations(cursor, 0)
}

function operations(cursor: Cursor, level: number): Node {
  const operators = levels[level]
  if (!operators) return single(cursor)
  const below = () => (level === ofAnd ? negation(cursor) : operations(cursor, level + 1))
  const start = cursor.peek().from
  let left = below()
  for (;;) {
    if (level === ofComparison) left = matching(cursor, start, left)
    const operator = operators.find((one) => cursor.takes(one))
    if (operator === undefined) return left
    const right = below()
    left = { kind: 'operation', operator, left, right, written: cursor.written(start) }
  }
}

function negation(cursor: Cursor): Node {
  const start = cursor.peek().from
  if (!cursor.takes('not')) return operations(cursor, ofComparison)
  const of = negation(cursor)
  return { kind: 'not', of, written: cursor.written(start) }
}

/** `like`, `=~` and `in` after a value, if one follows. */
function matching(cursor: Cursor, start: number, of: Node): Node {
  const isNot = cursor.takes('not')
  const found = match(cursor, start, of)
  if (isNot && !found) throw unexpected(cursor.peek(), 'like or in')
  if (!found) return of
  return isNot ? { kind: 'not', of: found, written: found.written } : found
}

function match(cursor: Cursor, start: number, of: Node): Node | undefined {
  if (cursor.takes('like') || cursor.takes('=~')) {
    const pattern = patternOf(cursor.next())
    return { kind: 'like', of, pattern, written: cursor.written(start) }
  }
  if (!cursor.takes('in')) return undefined
  cursor.needs('[')
  const list = cursor.list(() => expressionOf(cursor))
  cursor.needs(']')
  return { kind: 'in', of, list, written: cursor.written(start) }
}

function single(cursor: Cursor): Node {
  const token = cursor.next()
  const { kind, text, from } = token
  if (kind === 'name' && cursor.takes('(')) return call(cursor, token)
  if (text === '(' && kind === 'symbol') {
    const inner = expressionOf(cursor)
    cursor.needs(')')
    return { ...inner, written: cursor.written(from) }
  }
  if (text === '-' && kind === 'symbol') {
    const left: Node = { kind: 'value', value: 0, written: '0' }
    const right = single(cursor)
    return { kind: 'operation', operator: '-', left, right, written: cursor.written(from) }
  }
  const written = cursor.written(from)
  if (kind === 'name') return { kind: 'field', name: text, written }
  if (kind === 'number') return { kind: 'value', value: Number(text), written }
  if (kind === 'text') return { kind: 'value', value: unescaped(text), written }
  if (kind === 'span') return { kind: 'value', value: text, written }
  throw unexpected(token, 'a value')
}

function call(cursor: Cursor, token: Token): Node {
  const name = token.text.toLowerCase()
  if (!(Object.hasOwn(functions, name) || Object.hasOwn(aggregates, name))) throw noFunction(token)
  const given = cursor.takes('*') || cursor.is(')') ? [] : cursor.list(() => expressionOf(cursor))
  cursor.needs(')')
  return { kind: 'call', name, arguments: given, written: cursor.written(token.from) }
}

function noFunction({ text, from }: Token): Error {
  const there = [...Object.keys(functions), ...Object.keys(aggregates)].join(', ')
  return malformed(`unsupported function ${text}: the sandbox has ${there};`, from)
}

/** The regular expression of `/…/`, or of a text that the value has to contain. `(?i)` at its start ignores case. */
export function patternOf(token: Token): RegExp {
  if (token.kind === 'text') return new RegExp(escaped(unescaped(token.text)))
  if (token.kind !== 'regex') throw unexpected(token, 'a text or a regular expression')
  const { 1: flag, 2: source = '' } = /^(\(\?i\))?(.*)$/s.exec(token.text) ?? []
  try {
    return new RegExp(source, flag === undefined ? '' : 'i')
  } catch {
    throw malformed(`invalid regular expression /${token.text}/`, token.from)
  }
}

/** The text as a regular expression that matches it. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
