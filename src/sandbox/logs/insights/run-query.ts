import type { ResultField } from '@aws-sdk/client-cloudwatch-logs'
import { commandsOf, type Table, usualColumns } from './commands.ts'
import type { Fields, Value } from './node.ts'

/** Runs a query over events in the order of time. @throws ServiceError MalformedQueryException */
export function runQuery(query: string, events: readonly Fields[], limit: number): ResultField[][] {
  const start: Table = { rows: events.toReversed(), columns: usualColumns, areEvents: true }
  const { rows, columns, areEvents } = commandsOf(query).reduce((table, command) => command(table), start)
  const shown = areEvents ? [...columns, { name: '@ptr', isTime: false }] : columns
  return rows.slice(0, limit).map((row) =>
    shown.flatMap(({ name, isTime }) => {
      const value = textOf(row[name], isTime)
      return value === undefined ? [] : [{ field: name, value }]
    }),
  )
}

/** A time is `2026-11-27 03:40:00.000`. */
function textOf(value: Value, isTime: boolean): string | undefined {
  if (value === undefined) return undefined
  if (isTime && typeof value === 'number')
    return new Date(value).toISOString().replace('T', ' ').replace('Z', '')
  return typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : String(value)
}
