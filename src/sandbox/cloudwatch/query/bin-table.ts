import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Home, PersistentTable } from '../../state/persistent.ts'
import type { Bin } from './series.ts'

/** Moments in milliseconds since the epoch; `start` is inclusive, `end` exclusive. */
export interface Span {
  start: number
  end: number
}

/** A bin of a series, by the series' id. */
interface BinOfSeries {
  id: number
  bin: Bin
}

/** The bins of all series in the database. A bin at the start of a minute may stand for the whole minute. */
export interface BinTable extends PersistentTable {
  /** Writes a bin with the next commit, as it is then. */
  put(id: number, bin: Bin): void
  remove(id: number, start: number): void
  /** In the order of time. */
  read(id: number, span: Span): Bin[]
  /** Summaries of periods by their start, in the order of time. @param hasValues whether percentiles are needed */
  sums(id: number, period: number, span: Span, hasValues: boolean): Bin[]
  /** The start of the newest bin of a series; undefined if it has none. */
  lastOf(id: number): number | undefined
  /** Some bins before a moment that are no minutes. */
  secondsBefore(moment: number): BinOfSeries[]
  /** Removes the minutes before a moment. @returns the ids of their series */
  removeMinutesBefore(moment: number): number[]
}

/** @param onDiscard called when the last changes could not be written, of whichever series they are */
export function createBinTable(onDiscard: () => void): BinTable {
  let home: (Home & { statements: Statements }) | undefined
  let waiting = new Map<Bin, number>()
  let removals: ((statements: Statements) => void)[] = []
  const hasChanges = () => waiting.size > 0 || removals.length > 0
  const read = (): Statements => {
    if (!home) throw new Error('The metrics have no database yet.')
    if (hasChanges()) home.commit()
    return home.statements
  }
  return {
    attach(to) {
      to.database.exec(schema)
      home = { ...to, statements: prepare(to.database) }
    },
    hasChanges,
    write() {
      if (!home) return
      for (const [bin, id] of waiting) home.statements.put.run(id, ...valuesOf(bin))
      for (const remove of removals) remove(home.statements)
      waiting = new Map()
      removals = []
    },
    erase() {
      home?.database.exec('DELETE FROM metric_bins')
      waiting = new Map()
      removals = []
    },
    discard() {
      waiting = new Map()
      removals = []
      onDiscard()
    },
    put: (id, bin) => void waiting.set(bin, id),
    remove: (id, start) => void removals.push((statements) => statements.remove.run(id, start)),
    read: (id, { start, end }) => read().bins.all(id, start, end).map(binOf),
    sums(id, period, { start, end }, hasValues) {
      const { sums, bins } = read()
      const found = sums.all(period, period, id, start, end).map(binOf)
      if (hasValues) addValues(found, bins.all(id, start, end).map(binOf), period)
      return found
    },
    lastOf: (id) => numberIn(read().last.get(id)?.['last']),
    secondsBefore: (moment) =>
      read()
        .seconds.all(moment)
        .map((row) => ({ id: Number(row['series_id']), bin: binOf(row) })),
    removeMinutesBefore(moment) {
      const ids = read().oldMinutes.all(moment)
      if (ids.length > 0) removals.push(({ removeMinutes }) => removeMinutes.run(moment))
      return ids.map(({ series_id }) => Number(series_id))
    },
  }
}

const schema = `
  CREATE TABLE IF NOT EXISTS metric_bins (
    series_id INTEGER, start INTEGER, sum REAL, minimum REAL, maximum REAL, count REAL, seen TEXT,
    PRIMARY KEY (series_id, start)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS metric_seconds ON metric_bins (start) WHERE start % 60000 <> 0;
  CREATE INDEX IF NOT EXISTS metric_minutes ON metric_bins (start) WHERE start % 60000 = 0`

/** The most bins that are summed up at a time: nothing else runs meanwhile. */
const mostSeconds = 5000

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync) {
  const span = 'series_id = ? AND start >= ? AND start < ?'
  const all = {
    put: `INSERT INTO metric_bins VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
      sum = excluded.sum, minimum = excluded.minimum, maximum = excluded.maximum,
      count = excluded.count, seen = excluded.seen`,
    remove: 'DELETE FROM metric_bins WHERE series_id = ? AND start = ?',
    bins: `SELECT * FROM metric_bins WHERE ${span} ORDER BY start`,
    // A number from JavaScript is no integer for SQLite.
    sums: `SELECT start / CAST(? AS INTEGER) * CAST(? AS INTEGER) AS start, sum(sum) AS sum,
      min(minimum) AS minimum, max(maximum) AS maximum, sum(count) AS count, '[]' AS seen
      FROM metric_bins WHERE ${span} GROUP BY 1 ORDER BY 1`,
    last: 'SELECT max(start) AS last FROM metric_bins WHERE series_id = ?',
    seconds: `SELECT * FROM metric_bins INDEXED BY metric_seconds
      WHERE start % 60000 <> 0 AND start < ? LIMIT ${mostSeconds}`,
    // Without the index's name SQLite reads the whole table, each second.
    oldMinutes: `SELECT DISTINCT series_id FROM metric_bins INDEXED BY metric_minutes
      WHERE start % 60000 = 0 AND start < ?`,
    removeMinutes: `DELETE FROM metric_bins INDEXED BY metric_minutes WHERE start % 60000 = 0 AND start < ?`,
  } as const
  const prepared = Object.entries(all).map(([name, sql]) => [name, database.prepare(sql)] as const)
  return Object.fromEntries(prepared) as Record<keyof typeof all, StatementSync>
}

function valuesOf({ start, sum, minimum, maximum, count, seen }: Bin) {
  return [start, sum, minimum, maximum, count, JSON.stringify([...seen])] as const
}

function binOf(row: Record<string, unknown>): Bin {
  return {
    start: Number(row['start']),
    sum: Number(row['sum']),
    minimum: Number(row['minimum']),
    maximum: Number(row['maximum']),
    count: Number(row['count']),
    seen: new Map(JSON.parse(String(row['seen'])) as [number, number][]),
  }
}

/** Adds the values of bins to the summaries of their periods. */
function addValues(periods: readonly Bin[], bins: readonly Bin[], period: number): void {
  const byStart = new Map(periods.map(({ start, seen }) => [start, seen]))
  for (const bin of bins) {
    const seen = byStart.get(Math.floor(bin.start / period) * period)
    for (const [value, times] of bin.seen) seen?.set(value, (seen.get(value) ?? 0) + times)
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
