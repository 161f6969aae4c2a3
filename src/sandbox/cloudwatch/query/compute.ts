import type { Expression, Operator } from './expression.ts'
import { type Argument, call, type Grid } from './math-functions.ts'
import { combined, type MathValue, mapped, type Points } from './math-values.ts'

/** The other queries of a request, for an expression. */
export interface Operands {
  valueOf(id: string): MathValue
  /** The ids of the metrics that METRICS() stands for. */
  metrics: readonly string[]
  grid: Grid
}

/** Computes an expression over the points of other queries. @throws ServiceError for arguments of a wrong kind */
export function compute(expression: Expression, operands: Operands): MathValue {
  const value = argumentOf(expression, operands)
  // A text stands only between the parentheses of a function.
  return typeof value === 'string' ? new Map() : value
}

function argumentOf(expression: Expression, operands: Operands): Argument {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'text':
      return expression.text
    case 'id':
      return operands.valueOf(expression.id)
    case 'list':
      return expression.items.map((item) => compute(item, operands) as Points)
    case 'negate':
      return mapped(compute(expression.operand, operands), (value) => -value)
    case 'operation':
      return combined(
        compute(expression.left, operands),
        compute(expression.right, operands),
        work[expression.operator],
      )
    case 'call': {
      const given =
        expression.name === 'METRICS'
          ? operands.metrics
              .filter((id) =>
                expression.given.every((part) => part.kind === 'text' && id.includes(part.text)),
              )
              .map((id) => operands.valueOf(id))
          : expression.given.map((part) => argumentOf(part, operands))
      return call(expression.name, given, operands.grid)
    }
  }
}

const known = (left: number, right: number, value: number) =>
  Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : value
const truth = (holds: (left: number, right: number) => boolean) => (left: number, right: number) =>
  known(left, right, holds(left, right) ? 1 : 0)
const and = truth((left, right) => left !== 0 && right !== 0)
const or = truth((left, right) => left !== 0 || right !== 0)

const work: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '||': or,
  OR: or,
  '&&': and,
  AND: and,
  '==': truth((left, right) => left === right),
  '!=': truth((left, right) => left !== right),
  '<=': truth((left, right) => left <= right),
  '>=': truth((left, right) => left >= right),
  '<': truth((left, right) => left < right),
  '>': truth((left, right) => left > right),
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
}
