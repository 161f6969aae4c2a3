import { ownEntry } from '../../own-entry.ts'
import { aggregates } from './aggregates.ts'
import { functions } from './functions.ts'
import type { Fields, Node, Value } from './node.ts'

/**
 * The value of an expression.
 *
 * @param fields of an event, or of a row as far as it is made
 * @param events of the group, in the order of time, for aggregates
 */
export function evaluate(node: Node, fields: Fields, events: readonly Fields[] = []): Value {
  const of = (inner: Node) => evaluate(inner, fields, events)
  switch (node.kind) {
    case 'value':
      return node.value
    case 'field':
      return ownEntry(fields, node.name)
    case 'not':
      return !isTrue(of(node.of))
    case 'like':
      return node.pattern.test(String(of(node.of) ?? ''))
    case 'in':
      return node.list.some((item) => order(of(node.of), of(item)) === 0)
    case 'operation':
      return operate(
        node.operator,
        () => of(node.left),
        () => of(node.right),
      )
    case 'call':
      // A row of `stats` has the results of its calls.
      if (Object.hasOwn(fields, node.written)) return fields[node.written]
      return called(node, fields, events)
  }
}

export function isTrue(value: Value): boolean {
  return value !== undefined && value !== false && value !== 0 && value !== ''
}

/** Compares as numbers if both are; undefined if one is absent. */
export function order(one: Value, other: Value): number | undefined {
  if (one === undefined || other === undefined) return undefined
  const [left, right] = [Number(one), Number(other)]
  if (one !== '' && other !== '' && !Number.isNaN(left) && !Number.isNaN(right)) return left - right
  const [first, second] = [String(one), String(other)]
  return first < second ? -1 : Number(first > second)
}

function called(
  { name, arguments: given }: Extract<Node, { kind: 'call' }>,
  fields: Fields,
  events: readonly Fields[],
): Value {
  const aggregate = aggregates[name]
  const [first, second] = given
  if (aggregate) {
    const values = first ? events.map((event) => evaluate(first, event)) : events.map(() => 1)
    return aggregate(
      values.filter((value) => value !== undefined),
      second && evaluate(second, fields),
    )
  }
  const values = given.map((argument) => evaluate(argument, fields, events))
  return functions[name]?.(...values, ...(name === 'bin' ? [fields['@timestamp']] : []))
}

function operate(operator: string, left: () => Value, right: () => Value): Value {
  if (operator === 'and') return isTrue(left()) && isTrue(right())
  if (operator === 'or') return isTrue(left()) || isTrue(right())
  return operator in operators
    ? arithmetic(operator, left(), right())
    : compared(operator, order(left(), right()))
}

function compared(operator: string, found: number | undefined): Value {
  if (found === undefined) return operator === '!='
  if (operator === '=') return found === 0
  if (operator === '!=') return found !== 0
  if (operator === '<') return found < 0
  if (operator === '<=') return found <= 0
  if (operator === '>') return found > 0
  return operator === '>=' && found >= 0
}

const operators: Readonly<Record<string, (one: number, other: number) => number>> = {
  '+': (one, other) => one + other,
  '-': (one, other) => one - other,
  '*': (one, other) => one * other,
  '/': (one, other) => one / other,
  '%': (one, other) => one % other,
}

function arithmetic(operator: string, one: Value, other: Value): Value {
  const work = operators[operator]
  if (!work) return undefined
  return one === undefined || other === undefined ? undefined : work(Number(one), Number(other))
}
