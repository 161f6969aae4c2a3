import { parseOperations } from '../../grammar/operations.ts'
import { cutIntoTokens, matchedGroup, tokensInOrder } from '../../grammar/tokens.ts'
import { invalidValue } from './errors.ts'

/** A metric-math expression, parsed: numbers, ids of other queries, and the four operations. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'id'; id: string }
  | { kind: 'negate'; operand: Expression }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression }

type Operator = '+' | '-' | '*' | '/'

/** Values by the start of their period. */
export type Points = ReadonlyMap<number, number>

const token = /\s*(?:(\d+(?:\.\d+)?|\.\d+)|([a-z][A-Za-z0-9_]*)|([-+*/()]))/y

/** CloudWatch's limit, in characters. */
const longestExpression = 2048

/**
 * Parses `100 * errors / invocations`. The sandbox has no functions, comparisons or SEARCH.
 *
 * @throws ServiceError InvalidParameterValueException
 */
export function parseExpression(text: string): Expression {
  if (text.length > longestExpression) {
    throw invalidValue(`An expression has at most ${longestExpression} characters.`)
  }
  const found = cutIntoTokens(text, token)
  if (!found) throw malformed(text)
  const tokens = tokensInOrder(found.map(matchedGroup))

  const sum = (): Expression => parseOperations(tokens, ['+', '-'], product, operation)
  const product = (): Expression => parseOperations(tokens, ['*', '/'], factor, operation)
  function factor(): Expression {
    const next = tokens.next()
    if (next === '-') return { kind: 'negate', operand: factor() }
    if (next === '(') {
      const inner = sum()
      if (tokens.next() !== ')') throw malformed(text)
      return inner
    }
    if (next !== undefined && /^[\d.]/.test(next)) return { kind: 'number', value: Number(next) }
    if (next !== undefined && /^[a-z]/.test(next)) return { kind: 'id', id: next }
    throw malformed(text)
  }

  const parsed = sum()
  if (!tokens.areOver()) throw malformed(text)
  return parsed
}

function operation(operator: Operator, left: Expression, right: Expression): Expression {
  return { kind: 'operation', operator, left, right }
}

/** The ids that an expression uses. */
export function idsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return []
    case 'id':
      return [expression.id]
    case 'negate':
      return idsOf(expression.operand)
    case 'operation':
      return [...idsOf(expression.left), ...idsOf(expression.right)]
  }
}

/**
 * Computes an expression over the points of other queries. As in CloudWatch, a period has a value only if every operand
 * has one, and a division by zero has none.
 *
 * @returns a number if the expression uses no other query
 */
export function compute(expression: Expression, points: (id: string) => Points | number): Points | number {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'id':
      return points(expression.id)
    case 'negate':
      return combine('-', 0, compute(expression.operand, points))
    case 'operation':
      return combine(expression.operator, compute(expression.left, points), compute(expression.right, points))
  }
}

function combine(operator: Operator, left: Points | number, right: Points | number): Points | number {
  if (typeof left === 'number' && typeof right === 'number') return apply(operator, left, right)
  const times = typeof left === 'number' ? (right as Points).keys() : left.keys()
  const combined = new Map<number, number>()
  for (const time of times) {
    const value = apply(operator, valueAt(left, time), valueAt(right, time))
    if (Number.isFinite(value)) combined.set(time, value)
  }
  return combined
}

function valueAt(side: Points | number, time: number): number {
  return typeof side === 'number' ? side : (side.get(time) ?? Number.NaN)
}

function apply(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
  }
}

function malformed(text: string): Error {
  return invalidValue(
    `The expression '${text}' cannot be read: the sandbox has numbers, ids of other queries, + - * / and parentheses.`,
  )
}
