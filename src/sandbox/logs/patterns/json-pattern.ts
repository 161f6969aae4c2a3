import { parseOperations } from '../../grammar/operations.ts'
import { cutIntoTokens, matchedGroup, tokensInOrder } from '../../grammar/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { comparisonOf } from './comparisons.ts'
import type { FilterPattern } from './pattern.ts'

type Test = (document: unknown) => boolean

const token = new RegExp(
  [
    String.raw`\s*(?:(\$(?:\.[\w-]+|\["[^"]+"\]|\[\d+\])+)`,
    String.raw`("(?:[^"\\]|\\.)*"|%[^%]+%)`,
    String.raw`(&&|\|\||[()]|!=|<=|>=|[=<>])`,
    String.raw`([^\s()"=<>!&|{}]+))`,
  ].join('|'),
  'y',
)

/**
 * Reads a JSON pattern such as `{ ($.level = "error" || $.status >= 500) && $.path = "/api/*" }`. Operators are `= != >
 * < >= <=`, `IS NULL`, `IS TRUE`, `IS FALSE`, `EXISTS` and `NOT EXISTS`; `*` in a text stands for any characters, and
 * `%…%` is a regular expression. A message that is not a JSON object never matches.
 *
 * @throws ServiceError InvalidParameterException
 */
export function jsonPattern(text: string): FilterPattern {
  const { test, selectors } = parse(text)
  return {
    matches(message) {
      const document = parsed(message)
      return typeof document === 'object' && document !== null && test(document)
    },
    values: (message) =>
      Object.fromEntries(
        selectors.flatMap((selector) => {
          const value = jsonValue(message, selector)
          return value === undefined ? [] : [[selector, textOf(value)]]
        }),
      ),
  }
}

/** The value at a selector such as `$.latency` in a message of JSON; undefined if there is none. */
export function jsonValue(message: string, selector: string): unknown {
  return valueAt(parsed(message), pathOf(selector))
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parse(text: string): { test: Test; selectors: string[] } {
  const selectors: string[] = []
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
    selectors.push(first)
    const fits = comparison(text, next)
    return (document) => fits(valueAt(document, path))
  }

  const test = either()
  if (!tokens.areOver()) throw malformed(text)
  return { test, selectors }
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
    default: {
      const fits = comparisonOf(operator, operand)
      if (!fits) throw malformed(text)
      return fits
    }
  }
}

/** Tells whether a token is a text, a number or a word, and not an operator, a field or the end. */
function isOperand(text: string): boolean {
  return /^(?:"|[^()=<>!&|$])/.test(text)
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
