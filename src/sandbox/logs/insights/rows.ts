import type { Fields, Value } from './node.ts'

/** Takes rows one after the other, so that a query holds only those that it still needs. */
export interface Sink {
  add(row: Fields): void
  /** Call this after the last row. */
  end(): void
}

/** The columns of the rows at a place of the query. */
export interface Shape {
  columns: readonly Column[]
  /** Whether the rows are events. */
  areEvents: boolean
}

export interface Column {
  name: string
  /** Whether its values are times, milliseconds since the epoch. */
  isTime: boolean
}

/** A step of a query. */
export interface Command {
  /** Whether it looks at each row alone: `fields`, `display`, `parse` and `filter`. */
  isOfEachRow: boolean
  /** Whether the first rows of the command before do not suffice for it. */
  needsAll: boolean
  shape(before: Shape): Shape
  /** @param most as many rows as are needed of those that come out */
  into(next: Sink, most: number): Sink
}

/** The columns of a query that names none. */
export const usualColumns: readonly Column[] = [
  { name: '@timestamp', isTime: true },
  { name: '@message', isTime: false },
]

/** Gives each row on, changed. */
export function changing(next: Sink, change: (row: Fields) => Fields): Sink {
  return { add: (row) => next.add(change(row)), end: () => next.end() }
}

export function filtering(next: Sink, isWanted: (row: Fields) => boolean): Sink {
  return {
    add(row) {
      if (isWanted(row)) next.add(row)
    },
    end: () => next.end(),
  }
}

export function limiting(next: Sink, most: number): Sink {
  let count = 0
  return filtering(next, () => count++ < most)
}

/** Sorts the rows, and holds at most twice as many as are needed. */
export function sorting(next: Sink, compare: (one: Fields, other: Fields) => number, most: number): Sink {
  let rows: Fields[] = []
  const keepFirst = () => {
    rows = rows.toSorted(compare).slice(0, most)
  }
  return {
    add(row) {
      rows.push(row)
      if (rows.length >= 2 * most) keepFirst()
    },
    end() {
      keepFirst()
      for (const row of rows) next.add(row)
      next.end()
    },
  }
}

/** The way of a row into its group, and of a group to its row. */
export interface Grouping {
  key: (row: Fields) => Fields
  /** The part of a row that is held until the end. */
  held: (row: Fields) => Fields
  /** @param rows from the last one to the first one */
  result: (key: Fields, rows: readonly Fields[]) => Fields
}

export function grouping(next: Sink, { key, held, result }: Grouping): Sink {
  const groups = new Map<string, { key: Fields; rows: Fields[] }>()
  return {
    add(row) {
      const own = key(row)
      const id = JSON.stringify(Object.values(own).map((value: Value) => value ?? null))
      const group = groups.get(id) ?? { key: own, rows: [] }
      group.rows.push(held(row))
      groups.set(id, group)
    },
    end() {
      for (const group of groups.values()) next.add(result(group.key, group.rows.toReversed()))
      next.end()
    },
  }
}
