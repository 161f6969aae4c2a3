import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { LambdactlError } from '../errors/error.ts'
import type { Problem } from './problems.ts'
import type { FieldPath } from './types.ts'

/** More aliases than any honest file has are refused: a few lines of them can expand to gigabytes. */
const mostAliases = 100

/** One slip in YAML can bring hundreds of errors after it. */
const mostLines = 20

/** A YAML file that was read, with the places of its fields. */
export interface ConfigDocument {
  value: unknown
  /** `file:line:column field` of a field's value, or of its name. */
  place(field: FieldPath, aboutKey?: boolean): string
  /** Where a field stands, to sort by. */
  offset(field: FieldPath, aboutKey?: boolean): number
}

/**
 * Reads YAML 1.2, and the merge key `<<` of 1.1, by which functions share fields.
 *
 * @throws LambdactlError CONFIG_INVALID with line and column of the first syntax error: those after it mostly follow from it
 */
export function readDocument(text: string, file: string): ConfigDocument {
  const lines = new LineCounter()
  const document = parse(text, file, lines)
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  // A warning is an unknown tag, such as !Ref: its value would not be what the writer meant.
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
  const lines = sorted.map(({ field, aboutKey, text }) => `${document.place(field, aboutKey)}: ${text}`)
  throw invalid(lines)
}

function invalid(lines: readonly string[]): LambdactlError {
  const hidden = lines.length - mostLines
  const shown = hidden > 0 ? [...lines.slice(0, mostLines), `… and ${hidden} more.`] : lines
  return new LambdactlError('CONFIG_INVALID', shown.join('\n'))
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

/** The offset of the field; of the nearest field above it where it is missing. */
function offsetOf(document: Document.Parsed, field: FieldPath, aboutKey: boolean): number {
  if (aboutKey) {
    const parent = document.getIn(field.slice(0, -1), true)
    const pair = isMap(parent) ? parent.items.find(({ key }) => keyName(key) === field.at(-1)) : undefined
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0]
  }
  for (let length = field.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(field.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function keyName(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

function fieldName(field: FieldPath): string {
  return field
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}
