import { unescaped } from '../../grammar/tokens.ts'
import { hasInOrder } from '../../grammar/wildcards.ts'
import { regexOf } from './regex.ts'

/** Tells whether the value of a field fits. */
export type Fits = (value: unknown) => boolean

/** The operands of `=` and `!=`: a text in quotes, a number, a word, or a regular expression between `%`. */
function equals(operand: string): Fits {
  if (operand.startsWith('%')) {
    const matches = regexOf(operand.slice(1, -1))
    return (value) => (typeof value === 'string' || typeof value === 'number') && matches(String(value))
  }
  const quoted = operand.startsWith('"')
  const number = Number(operand)
  if (!quoted && !Number.isNaN(number)) return (value) => value === number
  const wanted = quoted ? unescaped(operand.slice(1, -1)) : operand
  const parts = wanted.split('*')
  return (value) =>
    (typeof value === 'string' || typeof value === 'number') && hasInOrder(String(value), parts)
}

const orders: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '>': (value, limit) => value > limit,
  '<': (value, limit) => value < limit,
  '>=': (value, limit) => value >= limit,
  '<=': (value, limit) => value <= limit,
}

/**
 * The comparison of a field with an operand; a field that is absent fits none.
 *
 * @returns undefined for an unknown operator, and for an order with an operand that is no number
 */
export function comparisonOf(operator: string, operand: string): Fits | undefined {
  if (operator === '=') return equals(operand)
  if (operator === '!=') {
    const same = equals(operand)
    return (value) => value !== undefined && !same(value)
  }
  const compare = orders[operator]
  const limit = Number(operand)
  if (!compare || Number.isNaN(limit)) return undefined
  return (value) => typeof value === 'number' && compare(value, limit)
}
