import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { LambdactlError } from '../../errors/error.ts'
import { isList, type Part, type Parts, partsOf } from './part.ts'

/** No honest file follows more aliases; a few lines of them can expand to billions of parts. */
const mostAliases = 2000

interface Reading {
  readonly document: Document
  readonly lines: LineCounter
  aliases: number
}

/**
 * Reads a YAML or JSON file with the line of each part. A tag of CloudFormation becomes its long form: `!Ref Table`
 * becomes `{Ref: Table}`.
 *
 * @param shownAs the file's name for messages
 * @param version the version of YAML by which its tool reads it: in 1.1, `yes` and `on` are true
 * @throws LambdactlError CONFIG_INVALID with the line
 */
export function readSource(text: string, shownAs: string, version: '1.1' | '1.2'): Part {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, version })
  const [fault] = document.errors
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0])
    throw invalid(shownAs, `${shownAs}:${line}:${col} ${fault.message.split('\n')[0]}`)
  }
  const reading: Reading = { document, lines, aliases: 0 }
  try {
    return partOf(document.contents, reading, 1)
  } catch (error) {
    throw error instanceof RangeError
      ? invalid(shownAs, `${shownAs} can't be read: ${error.message}`, error)
      : error
  }
}

function invalid(shownAs: string, message: string, cause?: unknown): LambdactlError {
  const next = [`Correct it in ${shownAs}, then run the command again.`]
  return new LambdactlError('CONFIG_INVALID', message, { next, cause })
}

function partOf(node: unknown, reading: Reading, lineAbove: number): Part {
  if (!isNode(node)) return { line: lineAbove, value: null }
  const line = node.range ? reading.lines.linePos(node.range[0]).line : lineAbove
  if (isAlias(node)) {
    reading.aliases += 1
    if (reading.aliases > mostAliases) throw new RangeError(`its aliases expand to more than ${mostAliases}`)
    return { ...partOf(node.resolve(reading.document), reading, line), line }
  }
  const value = valueOf(node, reading, line)
  const name = longName(node.tag)
  return name === undefined ? { line, value } : { line, value: new Map([[name, { line, value }]]) }
}

function valueOf(node: Node, reading: Reading, line: number): Part['value'] {
  if (isMap(node)) return entriesOf(node, reading, line)
  if (isSeq(node)) return node.items.map((each) => partOf(each, reading, line))
  if (!isScalar(node)) return null
  const { value, source } = node
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' ? value : (source ?? String(value))
}

/** A map's own entries win over those that its key `<<` brings. */
function entriesOf(map: YAMLMap, reading: Reading, line: number): Parts {
  const merged: [string, Part][] = []
  const own: [string, Part][] = []
  for (const { key, value } of map.items) {
    const isMerge = isScalar(key) && key.source === '<<'
    const at = isNode(key) && key.range ? reading.lines.linePos(key.range[0]).line : line
    if (isMerge) merged.push(...mergedOf(value, reading, at))
    else own.push([String(isScalar(key) ? key.value : key), { ...partOf(value, reading, at), line: at }])
  }
  return new Map([...merged, ...own])
}

function mergedOf(value: unknown, reading: Reading, line: number): [string, Part][] {
  const found = partOf(value, reading, line)
  // The first of several maps wins.
  const maps = isList(found.value) ? found.value.toReversed() : [found]
  return maps.flatMap((each) => Array.from(partsOf(each)))
}

/** `Fn::Sub` for `!Sub`; undefined for a tag of YAML itself. */
function longName(tag: string | undefined): string | undefined {
  const [, name] = /^!(\w+)$/.exec(tag ?? '') ?? []
  if (name === undefined) return undefined
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
}
