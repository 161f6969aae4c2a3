import { type Cursor, cursorOf, unexpected } from './cursor.ts'
import { evaluate, isTrue, order } from './evaluate.ts'
import { escaped, expressionOf, patternOf } from './expression.ts'
import { malformed } from './malformed.ts'
import type { Fields, Node, Value } from './node.ts'

/** The events or rows at a place of the query, and the columns that are shown. */
export interface Table {
  rows: readonly Fields[]
  columns: readonly Column[]
  /** Whether the rows are events. */
  areEvents: boolean
}

export interface Column {
  name: string
  /** Whether its values are times, milliseconds since the epoch. */
  isTime: boolean
}

type Command = (table: Table) => Table

/** The columns of a query that names none. */
export const usualColumns: readonly Column[] = [
  { name: '@timestamp', isTime: true },
  { name: '@message', isTime: false },
]

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
  const reader = readers[token.text.toLowerCase()]
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
  return ({ rows, columns, areEvents }) => {
    const before = kept(columns === usualColumns ? [] : columns)
    return {
      areEvents,
      columns: [...before, ...added.map(({ name, isTime: time }) => ({ name, isTime: time }))],
      rows: rows.map((row) => withFields(row, added)),
    }
  }
}

function withFields(row: Fields, added: readonly Named[]): Fields {
  const own: Record<string, Value> = { ...row }
  for (const { name, node } of added) own[name] = evaluate(node, own)
  return own
}

function filterOf(cursor: Cursor): Command {
  const condition = expressionOf(cursor)
  return (table) => ({ ...table, rows: table.rows.filter((row) => isTrue(evaluate(condition, row))) })
}

function statsOf(cursor: Cursor): Command {
  const results = cursor.list(() => named(cursor))
  const by = cursor.takes('by') ? cursor.list(() => named(cursor)) : []
  return ({ rows }) => {
    const groups = new Map<string, { key: Fields; events: Fields[] }>()
    for (const row of rows) {
      const key = Object.fromEntries(by.map(({ name, node }) => [name, evaluate(node, row)]))
      const id = JSON.stringify(Object.values(key).map((value) => value ?? null))
      const group = groups.get(id) ?? { key, events: [] }
      group.events.push(row)
      groups.set(id, group)
    }
    const rowOf = ({ key, events }: { key: Fields; events: readonly Fields[] }) => {
      const row: Record<string, Value> = { ...key }
      for (const { name, node } of results) row[name] = evaluate(node, row, events)
      return row
    }
    return { areEvents: false, columns: [...by, ...results], rows: Array.from(groups.values(), rowOf) }
  }
}

function sortOf(cursor: Cursor): Command {
  const keys = cursor.list(() => {
    const node = expressionOf(cursor)
    // The default of Insights is descending.
    const isUp = cursor.takes('asc')
    if (!isUp) cursor.takes('desc')
    return { node, sign: isUp ? 1 : -1 }
  })
  return (table) => ({
    ...table,
    rows: table.rows.toSorted((one, other) => {
      for (const { node, sign } of keys) {
        const [left, right] = [evaluate(node, one), evaluate(node, other)]
        const found = order(left, right) ?? Number(left === undefined) - Number(right === undefined)
        if (found !== 0) return left === undefined || right === undefined ? found : sign * found
      }
      return 0
    }),
  })
}

function limitOf(cursor: Cursor): Command {
  const token = cursor.next()
  if (token.kind !== 'number') throw unexpected(token, 'a number')
  return (table) => ({ ...table, rows: table.rows.slice(0, Number(token.text)) })
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
  return (table) => ({
    ...table,
    rows: table.rows.map((row) => {
      const match = pattern.exec(String(evaluate(node, row) ?? ''))
      if (!match) return row
      const found = names.map((name, index) => [name, match[index + 1]])
      return { ...row, ...match.groups, ...(Object.fromEntries(found) as Fields) }
    }),
  })
}

function globOf(glob: string): RegExp {
  const parts = glob.split('*').map(escaped)
  return new RegExp(`${parts.join('(.*?)')}${glob.endsWith('*') ? '$' : ''}`, 's')
}
