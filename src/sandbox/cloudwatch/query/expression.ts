import { cutIntoTokens, matchedGroup, type Tokens, tokensInOrder, unescaped } from '../../grammar/tokens.ts'
import { invalidValue } from './errors.ts'
import { type FunctionName, functionNames } from './math-functions.ts'

/** A metric-math expression, parsed. */
export type Expression =
  | { kind: 'number'; value: number }
  /** The word of a function, such as REPEAT, or a text in quotes. */
  | { kind: 'text'; text: string }
  | { kind: 'id'; id: string }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'call'; name: FunctionName; given: readonly Expression[] }
  | { kind: 'negate'; operand: Expression }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression }

/** From the weakest to the strongest. */
const levels = [
  ['||', 'OR'],
  ['&&', 'AND'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
] as const

export type Operator = (typeof levels)[number][number]

const token = new RegExp(
  [
    String.raw`\s*(?:(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+)`,
    String.raw`([A-Za-z][A-Za-z0-9_]*)`,
    String.raw`("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`,
    String.raw`(\|\||&&|==|!=|<=|>=|[-+*/^<>(),[\]]))`,
  ].join('|'),
  'y',
)

/** CloudWatch's limit, in characters. */
const longestExpression = 2048

/**
 * Parses `IF(FILL(invocations, 0) > 10, 100 * errors / invocations, 0)`. The sandbox has no SEARCH, no
 * ANOMALY_DETECTION_BAND and no SELECT.
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
  const parsed = parserOf(tokens, text)()
  if (!tokens.areOver()) throw malformed(text)
  return parsed
}

function parserOf(tokens: Tokens<string>, text: string): () => Expression {
  const whole = (): Expression => operations(0)
  /** Operators of equal rank bind from the left. The depth of calls does not grow with the number of ranks. */
  function operations(lowest: number): Expression {
    let left = factor()
    for (let level = levels.length - 1; level >= lowest; ) {
      const operator = tokens.nextOf<Operator>(levels[level] ?? [])
      if (operator === undefined) level -= 1
      else left = { kind: 'operation', operator, left, right: operations(level + 1) }
    }
    return left
  }
  function list(end: string): Expression[] {
    if (tokens.nextOf([end]) !== undefined) return []
    const items = [whole()]
    while (tokens.nextOf([',']) !== undefined) items.push(whole())
    if (tokens.next() !== end) throw malformed(text)
    return items
  }
  function factor(): Expression {
    const next = tokens.next() ?? ''
    if (next === '-') return { kind: 'negate', operand: factor() }
    if (next === '[') return { kind: 'list', items: list(']') }
    if (next === '(') {
      const inner = whole()
      if (tokens.next() !== ')') throw malformed(text)
      return inner
    }
    if (/^[\d.]/.test(next)) return { kind: 'number', value: Number(next) }
    if (/^[a-z]/.test(next)) return { kind: 'id', id: next }
    if (/^["']/.test(next)) return { kind: 'text', text: unescaped(next.slice(1, -1)) }
    if (!/^[A-Z]/.test(next)) throw malformed(text)
    if (tokens.nextOf(['(']) === undefined) return { kind: 'text', text: next }
    if (!isFunction(next)) throw invalidValue(`The sandbox has no function ${next} in metric math.`)
    return { kind: 'call', name: next, given: list(')') }
  }
  return whole
}

function isFunction(name: string): name is FunctionName {
  return (functionNames as readonly string[]).includes(name)
}

/**
 * The ids that an expression uses.
 *
 * @param metrics the ids of all metrics of the request, which METRICS() stands for
 */
export function idsOf(expression: Expression, metrics: readonly string[] = []): string[] {
  const inside = (parts: readonly Expression[]) => parts.flatMap((part) => idsOf(part, metrics))
  switch (expression.kind) {
    case 'number':
    case 'text':
      return []
    case 'id':
      return [expression.id]
    case 'list':
      return inside(expression.items)
    case 'call':
      return expression.name === 'METRICS' ? [...metrics] : inside(expression.given)
    case 'negate':
      return inside([expression.operand])
    case 'operation':
      return inside([expression.left, expression.right])
  }
}

function malformed(text: string): Error {
  return invalidValue(`The expression '${text}' cannot be read as metric math.`)
}
