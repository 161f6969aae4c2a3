import { parseOperations } from '../grammar/operations.ts'
import { cutIntoTokens, matchedGroup, tokensInOrder, unescaped } from '../grammar/tokens.ts'
import { hasInOrder } from '../grammar/wildcards.ts'
import { invalidParameter } from './errors.ts'

type Test = (document: unknown) => boolean

const token = new RegExp(
  [
    String.raw`\s*(?:(\$(?:\.[\w-]+|\["[^"]+"\]|\[\d+\])+)`,
    String.raw`("(?:[^"\\]|\\.)*")`,
    String.raw`(&&|\|\||[()]|!=|<=|>=|[=<>])`,
    String.raw`([^\s()"=<>!&|{}]+))`,
  ].join('|'),
  'y',
)

/**
 * Reads a JSON pattern such as `{ ($.level = "error" || $.status >= 500) && $.path = "/api/*" }`. Operators are `= != >
 * < >= <=`, `IS NULL`, `IS TRUE`, `IS FALSE`, `EXISTS` and `NOT EXISTS`; `*` in a text stands for any characters. A
 * message that is not a JSON object never matches.
 *
 * @throws ServiceError InvalidParameterException
 */
export function jsonPattern(text: string): (message: string) => boolean {
  const test = parse(text)
  return (message) => {
    const document = parsed(message)
    return typeof document === 'object' && document !== null && test(document)
  }
}

function parse(text: string): Test {
  const tokens = tokensInOrder(tokenize(text))
  const next = (): string => tokens.next() ?? ''

  const either = (): Test => parseOperations(tokens, ['||'], both, joined)
  const both = (): Test => parseOperations(tokens, ['&&'], single, joined)
  function single(): Test {
    const first = next()
    if (first === '(') {
      const inner = either()
      if (next() !== ')') throw malformed(text)
      return inner
    }
    if (!first.startsWith('$')) throw malformed(text)
    const path = pathOf(first)
    const test = comparison(text, next)
    return (document) => test(valueAt(document, path))
  }

  const test = either()
  if (!tokens.areOver()) throw malformed(text)
  return test
}

function joined(operator: '&&' | '||', left: Test, right: Test): Test {
  if (operator === '&&') return (document) => left(document) && right(document)
  return (document) => left(document) || right(document)
}

/** Reads the rest after a field: an operator and its operand. */
function comparison(text: string, next: () => string): Test {
  const operator = next()
  if (operator === 'EXISTS') return (value) => value !== undefined
  const operand = next()
  if (!isOperand(operand)) throw malformed(text)
  switch (operator) {
    case 'NOT':
      if (operand !== 'EXISTS') throw malformed(text)
      return (value) => value === undefined
    case 'IS':
      if (!['NULL', 'TRUE', 'FALSE'].includes(operand)) throw malformed(text)
      return (value) => value === JSON.parse(operand.toLowerCase())
    case '=':
      return equals(operand)
    case '!=': {
      const same = equals(operand)
      return (value) => value !== undefined && !same(value)
    }
    default:
      return order(text, operator, operand)
  }
}

/** Tells whether a token is a text, a number or a word, and not an operator, a field or the end. */
function isOperand(text: string): boolean {
  return /^(?:"|[^()=<>!&|$])/.test(text)
}

function equals(operand: string): Test {
  const quoted = operand.startsWith('"')
  const number = Number(operand)
  if (!quoted && !Number.isNaN(number)) return (value) => value === number
  const wanted = quoted ? unescaped(operand.slice(1, -1)) : operand
  const parts = wanted.split('*')
  return (value) =>
    (typeof value === 'string' || typeof value === 'number') && hasInOrder(String(value), parts)
}

function order(text: string, operator: string, operand: string): Test {
  const limit = Number(operand)
  if (Number.isNaN(limit)) throw malformed(text)
  const holds: Record<string, (value: number) => boolean> = {
    '>': (value) => value > limit,
    '<': (value) => value < limit,
    '>=': (value) => value >= limit,
    '<=': (value) => value <= limit,
  }
  const compare = holds[operator]
  if (!compare) throw malformed(text)
  return (value) => typeof value === 'number' && compare(value)
}

/** `$.a.b[0]` as `a`, `b`, `0`. */
function pathOf(selector: string): string[] {
  return Array.from(selector.matchAll(/\.([\w-]+)|\["([^"]+)"\]|\[(\d+)\]/g), ([, name, quoted, index]) =>
    String(name ?? quoted ?? index),
  )
}

function valueAt(document: unknown, path: string[]): unknown {
  let value = document
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

function parsed(message: string): unknown {
  if (!message.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}

function tokenize(text: string): string[] {
  if (!text.endsWith('}')) throw malformed(text)
  const tokens = cutIntoTokens(text.slice(1, -1), token)
  if (!tokens) throw malformed(text)
  return tokens.map(matchedGroup)
}

function malformed(text: string): Error {
  return invalidParameter(
    `Invalid filter pattern '${text}': the sandbox has = != > < >= <=, IS NULL, IS TRUE, IS FALSE, EXISTS, NOT EXISTS, && || and parentheses over $.fields.`,
  )
}
