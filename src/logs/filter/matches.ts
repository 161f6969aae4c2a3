import { levelOf } from '../lines/level.ts'
import { type Line, levels } from '../model/line.ts'
import type { Expression, Operator, Value } from './expression.ts'

/** Whether a line meets a filter's condition. A field that is not there meets `!=` alone. */
export function matches(expression: Expression, line: Line): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.of.every((each) => matches(each, line))
    case 'or':
      return expression.of.some((each) => matches(each, line))
    case 'not':
      return !matches(expression.of, line)
    case 'has':
      return fieldOf(line, expression.field) !== undefined
    case 'match': {
      const found = fieldOf(line, expression.field)
      return found !== undefined && expression.pattern.test(textOf(found))
    }
    case 'compare':
      return compare(expression, line)
  }
}

type Comparison = Extract<Expression, { kind: 'compare' }>

function compare({ field, operator, value }: Comparison, line: Line): boolean {
  const found = fieldOf(line, field)
  if (found === undefined) return operator === '!='
  if (field === 'level') return byOrder(operator, rankOf(found), rankOf(value))
  if (operator === '=') return isEqual(found, value)
  if (operator === '!=') return !isEqual(found, value)
  const [one, other] = [Number(found), Number(value)]
  if (Number.isNaN(one) || Number.isNaN(other)) return byOrder(operator, textOf(found), textOf(value))
  return byOrder(operator, one, other)
}

function byOrder<Ordered extends string | number>(operator: Operator, one: Ordered, other: Ordered): boolean {
  switch (operator) {
    case '=':
      return one === other
    case '!=':
      return one !== other
    case '<':
      return one < other
    case '<=':
      return one <= other
    case '>':
      return one > other
    case '>=':
      return one >= other
  }
}

/** A value that is written without quotes also means the text that looks like it. */
function isEqual(found: unknown, value: Value): boolean {
  return found === value || textOf(found) === textOf(value)
}

function rankOf(level: unknown): number {
  const known = levelOf(level)
  return known === undefined ? -1 : levels.indexOf(known)
}

/** A field by its name: those of every line, then those of a JSON log, by dots where they are nested. */
export function fieldOf(line: Line, name: string): unknown {
  switch (name) {
    case 'level':
      return line.level
    case 'msg':
    case 'message':
    case 'text':
      return line.text
    case 'requestId':
      return line.requestId
    case 'version':
      return line.version
    case 'function':
      return line.function
    default:
      return Object.hasOwn(line.fields, name) ? line.fields[name] : nested(line.fields, name.split('.'))
  }
}

function nested(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return nested((value as Record<string, unknown>)[name], rest)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
