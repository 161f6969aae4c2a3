import { ownEntry } from '../../own-entry.ts'
import { type Cursor, cursorOf, unexpected } from './cursor.ts'
import { evaluate, isTrue, order } from './evaluate.ts'
import { escaped, expressionOf, patternOf } from './expression.ts'
import { malformed } from './malformed.ts'
import type { Fields, Node, Value } from './node.ts'
import {
  type Column,
  type Command,
  changing,
  filtering,
  grouping,
  limiting,
  type Shape,
  sorting,
  usualColumns,
} from './rows.ts'
import { usedFields } from './used-fields.ts'

/** A command that changes no columns. */
const sameShape = (shape: Shape) => shape

const readers: Readonly<Record<string, (cursor: Cursor) => Command>> = {
  fields: (cursor) => fieldsOf(cursor, (columns) => [...columns]),
  display: (cursor) => fieldsOf(cursor, () => []),
  filter: filterOf,
  stats: statsOf,
  sort: sortOf,
  limit: limitOf,
  parse: parseOf,
}

/** Reads a query: commands with `|` between them. @throws ServiceError MalformedQueryException */
export function commandsOf(query: string): Command[] {
  const cursor = cursorOf(query)
  const commands = [commandOf(cursor)]
  while (cursor.takes('|')) commands.push(commandOf(cursor))
  if (cursor.peek().kind !== 'end') throw unexpected(cursor.peek(), '| or the end')
  return commands
}

function commandOf(cursor: Cursor): Command {
  const token = cursor.next()
  const reader = ownEntry(readers, token.text.toLowerCase())
  if (reader) return reader(cursor)
  const there = Object.keys(readers).join(', ')
  throw malformed(`unsupported command ${token.text}: the sandbox has ${there};`, token.from)
}

interface Named extends Column {
  node: Node
}

function named(cursor: Cursor): Named {
  const node = expressionOf(cursor)
  const name = cursor.alias() ?? (node.kind === 'field' ? node.name : node.written)
  return { node, name, isTime: isTime(node) }
}

function isTime(node: Node): boolean {
  if (node.kind === 'field') return node.name === '@timestamp' || node.name === '@ingestionTime'
  return node.kind === 'call' && ['bin', 'datefloor'].includes(node.name)
}

function fieldsOf(cursor: Cursor, kept: (columns: readonly Column[]) => Column[]): Command {
  const added = cursor.list(() => named(cursor))
  return {
    isOfEachRow: true,
    needsAll: false,
    shape({ columns, areEvents }) {
      const before = kept(columns === usualColumns ? [] : columns)
      return {
        areEvents,
        columns: [...before, ...added.map(({ name, isTime: time }) => ({ name, isTime: time }))],
      }
    },
    into: (next) => changing(next, (row) => withFields(row, added)),
  }
}

function withFields(row: Fields, added: readonly Named[]): Fields {
  const own: Record<string, Value> = { ...row }
  for (const { name, node } of added) own[name] = evaluate(node, own)
  return own
}

function filterOf(cursor: Cursor): Command {
  const condition = expressionOf(cursor)
  return {
    isOfEachRow: true,
    needsAll: true,
    shape: sameShape,
    into: (next) => filtering(next, (row) => isTrue(evaluate(condition, row))),
  }
}

function statsOf(cursor: Cursor): Command {
  const results = cursor.list(() => named(cursor))
  const by = cursor.takes('by') ? cursor.list(() => named(cursor)) : []
  const used = usedFields(results.map(({ node }) => node))
  return {
    isOfEachRow: false,
    needsAll: true,
    shape: () => ({ areEvents: false, columns: [...by, ...results] }),
    into: (next) =>
      grouping(next, {
        key: (row) => Object.fromEntries(by.map(({ name, node }) => [name, evaluate(node, row)])),
        held: (row) => partOf(row, used),
        result(key, events) {
          const row: Record<string, Value> = { ...key }
          for (const { name, node } of results) row[name] = evaluate(node, row, events)
          return row
        },
      }),
  }
}

const nothing: Fields = {}

function partOf(row: Fields, names: readonly string[]): Fields {
  const there = names.filter((name) => Object.hasOwn(row, name))
  return there.length === 0 ? nothing : Object.fromEntries(there.map((name) => [name, row[name]]))
}

function sortOf(cursor: Cursor): Command {
  const keys = cursor.list(() => {
    const node = expressionOf(cursor)
    // The default of Insights is descending.
    const isUp = cursor.takes('asc')
    if (!isUp) cursor.takes('desc')
    return { node, sign: isUp ? 1 : -1 }
  })
  const compare = (one: Fields, other: Fields): number => {
    for (const { node, sign } of keys) {
      const [left, right] = [evaluate(node, one), evaluate(node, other)]
      const found = order(left, right) ?? Number(left === undefined) - Number(right === undefined)
      if (found !== 0) return left === undefined || right === undefined ? found : sign * found
    }
    return 0
  }
  return {
    isOfEachRow: false,
    needsAll: true,
    shape: sameShape,
    into: (next, most) => sorting(next, compare, most),
  }
}

function limitOf(cursor: Cursor): Command {
  const token = cursor.next()
  if (token.kind !== 'number') throw unexpected(token, 'a number')
  return {
    isOfEachRow: false,
    needsAll: false,
    shape: sameShape,
    into: (next) => limiting(next, Number(token.text)),
  }
}

/** `parse field /(?<name>…)/`, or `parse field "a * b" as name`. */
function parseOf(cursor: Cursor): Command {
  const isPattern = ['regex', 'text'].includes(cursor.peek().kind)
  const node: Node = isPattern ? { kind: 'field', name: '@message', written: '' } : expressionOf(cursor)
  const token = cursor.next()
  const glob = token.kind === 'text' ? globOf(token.text) : undefined
  const pattern = glob ?? patternOf(token)
  const names = cursor.takes('as') ? cursor.list(() => cursor.next().text) : []
  const isNamed = /\(\?<[A-Za-z]/.test(pattern.source)
  if (names.length === 0 && !isNamed) throw unexpected(cursor.peek(), 'as and names')
  const parsed = (row: Fields): Fields => {
    const match = pattern.exec(String(evaluate(node, row) ?? ''))
    if (!match) return row
    const found = names.map((name, index) => [name, match[index + 1]])
    return { ...row, ...match.groups, ...(Object.fromEntries(found) as Fields) }
  }
  return { isOfEachRow: true, needsAll: false, shape: sameShape, into: (next) => changing(next, parsed) }
}

function globOf(glob: string): RegExp {
  const parts = glob.split('*').map(escaped)
  return new RegExp(`${parts.join('(.*?)')}${glob.endsWith('*') ? '$' : ''}`, 's')
}
