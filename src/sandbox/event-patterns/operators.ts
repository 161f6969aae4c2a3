import { BlockList, isIP } from 'node:net'
import { hasInOrder } from '../grammar/wildcards.ts'

/** Tells whether a value of an event fits; undefined for one that is not there. */
export type Test = (value: unknown) => boolean

/** The error of a pattern that is none. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern'
}

/** One entry of a list in a pattern: a value itself, or an object with an operator. @throws InvalidPattern */
export function testOf(entry: unknown): Test {
  if (isScalar(entry)) return (value) => value === entry
  const operations = Object.entries(objectOf(entry, 'an entry of a list'))
  const [name, given] = operations[0] ?? []
  const operator = name === undefined ? undefined : operators.get(name)
  if (!operator || operations.length !== 1) throw new InvalidPattern(`Unrecognized match type ${name}`)
  return operator(given)
}

const operators = new Map<string, (given: unknown) => Test>([
  ['prefix', (given) => onText(given, (text, wanted) => text.startsWith(wanted))],
  ['suffix', (given) => onText(given, (text, wanted) => text.endsWith(wanted))],
  ['equals-ignore-case', (given) => ignoringCase(given, (text, wanted) => text === wanted)],
  ['wildcard', wildcard],
  ['exists', exists],
  ['numeric', numeric],
  ['cidr', cidr],
  ['anything-but', anythingBut],
])

type Compare = (text: string, wanted: string) => boolean

/** `"x"`, or `{"equals-ignore-case": "x"}`. */
function onText(given: unknown, compare: Compare): Test {
  if (typeof given === 'string') return (value) => typeof value === 'string' && compare(value, given)
  return ignoringCase(objectOf(given, 'prefix or suffix')['equals-ignore-case'], compare)
}

function ignoringCase(given: unknown, compare: Compare): Test {
  const wanted = textOf(given).toLowerCase()
  return (value) => typeof value === 'string' && compare(value.toLowerCase(), wanted)
}

function wildcard(given: unknown): Test {
  const text = textOf(given)
  if (/\*\*/.test(text)) throw new InvalidPattern('Consecutive wildcard characters')
  const parts = text.split(/(?<!\\)\*/).map((part) => part.replaceAll(/\\([\\*])/g, '$1'))
  return (value) => typeof value === 'string' && hasInOrder(value, parts)
}

function exists(given: unknown): Test {
  if (typeof given !== 'boolean') throw new InvalidPattern('exists must be true or false')
  return (value) => (value !== undefined) === given
}

const comparisons = new Map<string, (value: number, bound: number) => boolean>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
])

/** `[">", 0, "<=", 5]`. */
function numeric(given: unknown): Test {
  if (!Array.isArray(given) || (given.length !== 2 && given.length !== 4))
    throw new InvalidPattern('numeric must be a list')
  const tests = Array.from({ length: given.length / 2 }, (_, index) => {
    const compare = comparisons.get(String(given[index * 2]))
    const bound: unknown = given[index * 2 + 1]
    if (!compare || typeof bound !== 'number') throw new InvalidPattern('numeric has an unknown comparison')
    return (value: number) => compare(value, bound)
  })
  return (value) => typeof value === 'number' && tests.every((test) => test(value))
}

function cidr(given: unknown): Test {
  const [address = '', bits = ''] = textOf(given).split('/')
  const family = isIP(address)
  if (family === 0 || !/^\d+$/.test(bits)) throw new InvalidPattern('cidr must be an IP address block')
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const block = new BlockList()
  block.addSubnet(address, Number(bits), kind)
  return (value) => typeof value === 'string' && isIP(value) === family && block.check(value, kind)
}

/** A value, a list, or `{"prefix": …}` and the like with one text or a list; it takes no absent value. */
function anythingBut(given: unknown): Test {
  const excluded = isScalar(given) || Array.isArray(given) ? [given].flat().map(testOf) : ofOperator(given)
  return (value) => value !== undefined && !excluded.some((test) => test(value))
}

function ofOperator(given: unknown): Test[] {
  const [name = '', texts] = Object.entries(objectOf(given, 'anything-but'))[0] ?? []
  return [texts].flat().map((text) => testOf({ [name]: text }))
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function textOf(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new InvalidPattern('A text is expected')
}

/** @throws InvalidPattern */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new InvalidPattern(`${what} must be a value or an object`)
}
