import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { LambdactlError } from '../../errors/error.ts'
import { firstFew } from '../../errors/first-few.ts'
import type { FieldPath } from '../values/field-path.ts'
import type { Problem } from '../values/problem.ts'

/** No honest file has more aliases; a few lines of them can expand to gigabytes. */
const mostAliases = 100

/** One mistake in YAML can cause hundreds of later errors. */
const mostLines = 20

/** A parsed YAML file with the places of its fields. */
export interface ConfigDocument {
  value: unknown
  /** `file:line:column field` of a field's value, or of its name. */
  place(field: FieldPath, aboutKey?: boolean): string
  /** The offset of a field, to sort by. */
  offset(field: FieldPath, aboutKey?: boolean): number
}

/**
 * Reads YAML 1.2, and the merge key `<<` of 1.1, by which functions share fields.
 *
 * @throws LambdactlError CONFIG_INVALID with line and column of the first syntax error; it mostly causes the later ones
 */
export function readDocument(text: string, file: string): ConfigDocument {
  const lines = new LineCounter()
  const document = parse(text, file, lines)
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  // A warning is an unknown tag, such as !Ref: its value would not be the intended one.
  const [fault] = [...document.errors, ...document.warnings]
  if (fault) throw invalid([`${position(fault.pos[0])} ${fault.message.split('\n')[0]}`])
  const offset = (field: FieldPath, aboutKey = false) => offsetOf(document, field, aboutKey)
  return {
    value: valueOf(document, file),
    offset,
    place: (field, aboutKey) => `${position(offset(field, aboutKey))} ${fieldName(field)}`.trimEnd(),
  }
}

/** @throws LambdactlError CONFIG_INVALID, always: each problem with its place, in the file's order */
export function refuse(document: ConfigDocument, problems: readonly Problem[]): never {
  const at = ({ field, aboutKey }: Problem) => document.offset(field, aboutKey)
  const sorted = problems.toSorted((a, b) => at(a) - at(b))
  // A mistake in an anchor that functions share is reported once for all of them.
  const once = sorted.filter(
    (problem, index) => sorted.findIndex((other) => isSame(at, problem, other)) === index,
  )
  throw invalid(once.map(({ field, aboutKey, text }) => `${document.place(field, aboutKey)}: ${text}`))
}

function isSame(at: (problem: Problem) => number, one: Problem, other: Problem): boolean {
  return at(one) === at(other) && one.text === other.text && one.field.at(-1) === other.field.at(-1)
}

function invalid(lines: readonly string[]): LambdactlError {
  return new LambdactlError('CONFIG_INVALID', firstFew(lines, mostLines).join('\n'))
}

function parse(text: string, file: string, lines: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

function valueOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

function unreadable(file: string, cause: unknown): LambdactlError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new LambdactlError('CONFIG_INVALID', `${file} can't be read as YAML: ${reason}.`, { cause })
}

/** The offset of the field; if it is missing, of the nearest field above it. */
function offsetOf(document: Document.Parsed, field: FieldPath, aboutKey: boolean): number {
  const key = aboutKey ? pairAt(document, field)?.key : undefined
  if (isNode(key) && key.range) return key.range[0]
  for (let length = field.length; length >= 0; length--) {
    const range = nodeAt(document, field.slice(0, length))?.range
    if (range) return range[0]
  }
  return 0
}

/** The node of a field, also if an alias or a merge key brings it from another place in the file. */
function nodeAt(document: Document.Parsed, field: FieldPath): Node | undefined {
  if (field.length === 0) return document.contents ?? undefined
  const parent = resolved(document, nodeAt(document, field.slice(0, -1)))
  const key = field.at(-1)
  const found = isSeq(parent) && typeof key === 'number' ? parent.items[key] : pairAt(document, field)?.value
  return isNode(found) ? found : undefined
}

function pairAt(document: Document.Parsed, field: FieldPath): Pair | undefined {
  const parent = resolved(document, nodeAt(document, field.slice(0, -1)))
  return isMap(parent) ? pairOf(document, parent, String(field.at(-1))) : undefined
}

/** A map's own pair, or else that of a merged map. */
function pairOf(document: Document.Parsed, map: YAMLMap, name: string): Pair | undefined {
  const own = map.items.find(({ key }) => keyName(key) === name)
  if (own) return own
  const merged = map.items.filter(({ key }) => isScalar(key) && key.source === '<<').map(({ value }) => value)
  const sources = merged.flatMap((value) => (isSeq(value) ? value.items : [value]))
  for (const source of sources) {
    const other = isNode(source) ? resolved(document, source) : undefined
    const found = isMap(other) ? pairOf(document, other, name) : undefined
    if (found) return found
  }
  return undefined
}

function resolved(document: Document.Parsed, node: Node | undefined): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node
}

function keyName(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

function fieldName(field: FieldPath): string {
  return field
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}
