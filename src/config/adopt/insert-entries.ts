import { isCollection, isMap, isPair, isScalar, type Node, parseDocument, type YAMLMap } from 'yaml'
import { entryText, type Style } from './entry-text.ts'

/** Entries to add to maps by their keys, down from the top of a file. */
export interface Entries {
  readonly [key: string]: unknown
}

/** A text in place of a span, mostly an empty one; the deeper one of two at the same offset comes first. */
interface Insertion {
  at: number
  until?: number
  text: string
  depth: number
}

/**
 * Adds entries to the maps of a YAML file, each after the last one of its map. Everything that is there stays as it is,
 * byte by byte.
 *
 * @param entries maps in it go into the maps of the file
 * @returns undefined if a map of the file is an alias, or has such an entry already
 */
export function insertEntries(text: string, entries: Entries, style: Style): string | undefined {
  const { contents } = parseDocument(text)
  if (!isMap(contents)) return undefined
  const found = insertionsInto(contents, entries, { text, style, depth: 0 })
  return found
    ?.toSorted((a, b) => b.at - a.at || a.depth - b.depth)
    .reduce((all, { at, until = at, text: added }) => all.slice(0, at) + added + all.slice(until), text)
}

interface Place {
  text: string
  style: Style
  depth: number
}

function insertionsInto(map: YAMLMap, entries: Entries, place: Place): Insertion[] | undefined {
  const below: Insertion[] = []
  const added: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(entries)) {
    if (!map.has(key)) {
      added[key] = value
      continue
    }
    const there = map.get(key, true) as unknown
    if (!isMap(there) || typeof value !== 'object' || value === null) return undefined
    const inner = insertionsInto(there, value as Entries, { ...place, depth: place.depth + 1 })
    if (!inner) return undefined
    below.push(...inner)
  }
  if (Object.keys(added).length === 0) return below
  const own = insertionOf(map, added, place)
  return own && [...below, own]
}

function insertionOf(map: YAMLMap, added: Entries, place: Place): Insertion | undefined {
  const last = map.items.at(-1)
  if (last === undefined) return intoEmpty(map, added, place)
  const { text, style, depth } = place
  const at = endOf(last)
  if (at === undefined) return undefined
  if (map.flow) return { at, text: `, ${entryText(added, style, 'flow').trim()}`, depth }
  const [first] = map.items
  if (!isScalar(first?.key) || !first.key.range) return undefined
  const start = text.lastIndexOf('\n', first.key.range[0] - 1) + 1
  const indent = text.slice(start, first.key.range[0]).replace(/^\uFEFF/, '')
  if (indent.trim() !== '') return undefined
  return { ...afterLine(text, at, linesOf(entryText(added, style, 'block'), indent)), depth }
}

/** Lines in place of `{}` at the end of its line, else on that line. */
function intoEmpty({ range }: YAMLMap, added: Entries, { text, style, depth }: Place): Insertion | undefined {
  if (!range) return undefined
  const [open, close] = range
  const start = text.lastIndexOf('\n', open) + 1
  const [before, indent = ''] = /^( *)[^\s#{"'][^{#]*:[ \t]+$/.exec(text.slice(start, open)) ?? []
  const end = text.indexOf('\n', close)
  const isLast = end !== -1 && text.slice(close, end).trim() === ''
  if (before === undefined || !isLast) return { at: open + 1, text: entryText(added, style, 'flow'), depth }
  const lines = linesOf(entryText(added, style, 'block'), indent + ' '.repeat(style.indent))
  const at = start + before.trimEnd().length
  return { at, until: end + 1, text: inLineEnds(`\n${lines}`, text), depth }
}

/** The end of an entry's own text, without the comments and empty lines after it. */
function endOf(item: unknown): number | undefined {
  const node = isPair(item) ? (item.value ?? item.key) : item
  if (isCollection(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1))
  const { range } = node as Node
  if (!range) return undefined
  // A key without a value has an empty one behind it.
  return range[1]
}

function linesOf(block: string, indent: string): string {
  return block
    .trimEnd()
    .split('\n')
    .map((line) => `${indent}${line}\n`)
    .join('')
}

/** Puts lines after the line of an offset, in the file's own line ends. */
function afterLine(text: string, at: number, lines: string): Pick<Insertion, 'at' | 'text'> {
  const own = inLineEnds(lines, text)
  // The text of a block scalar ends with its line.
  if (text[at - 1] === '\n') return { at, text: own }
  const end = text.indexOf('\n', at)
  return end === -1
    ? { at: text.length, text: inLineEnds(`\n${lines.trimEnd()}`, text) }
    : { at: end + 1, text: own }
}

/** Lines with the line ends of a file. */
export function inLineEnds(lines: string, text = ''): string {
  return text.includes('\r\n') ? lines.replaceAll('\n', '\r\n') : lines
}
