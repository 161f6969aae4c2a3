import { parseOperations } from '../../grammar/operations.ts'
import { cutIntoTokens, matchedGroup, type Tokens, tokensInOrder } from '../../grammar/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { comparisonOf } from './comparisons.ts'
import type { FilterPattern } from './pattern.ts'

/** A field of a pattern; the ellipsis stands for any number of fields. */
type Field = { name: string; fits: (text: string) => boolean } | '...'

const token =
  /\s*(?:(\.\.\.)|("(?:[^"\\]|\\.)*")|(%[^%]+%)|(&&|\|\||[(),]|!=|<=|>=|[=<>])|([^\s(),"=<>!&|%]+))/y
/** A field of a line: between brackets, between quotes, or up to a space. */
const lineField = /\[([^\]]*)\]|"([^"]*)"|(\S+)/g

/**
 * Reads a space-delimited pattern such as `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]`. A line matches if
 * it has as many fields, and each fits. `[]` matches every line.
 *
 * @throws ServiceError InvalidParameterException
 */
export function spacePattern(text: string): FilterPattern {
  if (!text.endsWith(']')) throw malformed(text)
  const found = cutIntoTokens(text.slice(1, -1), token)
  if (!found) throw malformed(text)
  const fields = fieldsOf(tokensInOrder(found.map(matchedGroup)), text)
  if (fields.filter((field) => field === '...').length > 1) throw malformed(text)
  if (fields.length === 0) return { matches: () => true, values: () => ({}) }
  return {
    matches: (message) => aligned(fields, message)?.every(([field, value]) => field.fits(value)) ?? false,
    values: (message) =>
      Object.fromEntries((aligned(fields, message) ?? []).map(([{ name }, value]) => [`$${name}`, value])),
  }
}

function fieldsOf(tokens: Tokens<string>, text: string): Field[] {
  const fields: Field[] = []
  while (!tokens.areOver()) {
    const isGap = tokens.nextOf(['...']) !== undefined
    fields.push(isGap ? '...' : fieldOf(tokens, text, fields.length + 1))
    if (!tokens.areOver() && tokens.next() !== ',') throw malformed(text)
  }
  return fields
}

/** A name with its conditions; a field without a name is called by its place. */
function fieldOf(tokens: Tokens<string>, text: string, place: number): Exclude<Field, '...'> {
  let name = String(place)
  const either = (): Fit => parseOperations(tokens, ['||'], both, joined)
  const both = (): Fit => parseOperations(tokens, ['&&'], single, joined)
  function single(): Fit {
    const first = tokens.next()
    if (first === '(') {
      const inner = either()
      if (tokens.next() !== ')') throw malformed(text)
      return inner
    }
    if (first === undefined || !/^[\w-]+$/.test(first)) throw malformed(text)
    name = first
    const operator = tokens.nextOf(['=', '!=', '<', '>', '<=', '>='])
    if (operator === undefined) return () => true
    const compare = comparisonOf(operator, tokens.next() ?? '')
    if (!compare) throw malformed(text)
    return (value) => compare(numberOr(value))
  }
  const fits = either()
  return { name, fits }
}

type Fit = (text: string) => boolean

function joined(operator: '&&' | '||', left: Fit, right: Fit): Fit {
  if (operator === '&&') return (value) => left(value) && right(value)
  return (value) => left(value) || right(value)
}

/** The fields of the pattern with the texts of a line; undefined if the line has another number of fields. */
function aligned(fields: readonly Field[], message: string): [Exclude<Field, '...'>, string][] | undefined {
  const texts = Array.from(message.matchAll(lineField), ([, bracketed, quoted, bare]) =>
    String(bracketed ?? quoted ?? bare),
  )
  const gap = fields.indexOf('...')
  const named = fields.filter((field) => field !== '...')
  if (gap === -1 ? texts.length !== named.length : texts.length < named.length) return undefined
  const skipped = texts.length - named.length
  return named.map((field, index) => [
    field,
    texts[gap !== -1 && index >= gap ? index + skipped : index] ?? '',
  ])
}

function numberOr(text: string): string | number {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
}

function malformed(text: string): Error {
  return invalidParameter(
    `Invalid filter pattern '${text}': fields have commas between them, one may be ..., and a condition is = != < > <= >= with && || and parentheses.`,
  )
}
