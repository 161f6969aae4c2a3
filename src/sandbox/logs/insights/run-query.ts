import type { ResultField } from '@aws-sdk/client-cloudwatch-logs'
import { commandsOf } from './commands.ts'
import type { Fields, Value } from './node.ts'
import { type Command, type Shape, type Sink, usualColumns } from './rows.ts'

/** A query that takes events, the newest first. */
export interface RunningQuery {
  add(event: Fields): void
  /** The number of events that the first filters let through. */
  matched(): number
  /** Call this after the last event. */
  results(): ResultField[][]
}

/**
 * @param most results
 * @throws ServiceError MalformedQueryException
 */
export function openQuery(text: string, most: number): RunningQuery {
  const commands = commandsOf(text)
  const start: Shape = { columns: usualColumns, areEvents: true }
  const shape = commands.reduce((before, command) => command.shape(before), start)
  const results: ResultField[][] = []
  let matched = 0
  const last: Sink = {
    add(row) {
      if (results.length < most) results.push(shown(row, shape))
    },
    end: () => undefined,
  }
  const counting = (next: Sink): Sink => ({
    add(row) {
      matched += 1
      next.add(row)
    },
    end: () => next.end(),
  })
  const filters = commands.findIndex((command) => !command.isOfEachRow)
  const [before, after] = filters < 0 ? [commands, []] : [commands.slice(0, filters), commands.slice(filters)]
  const query = chained(before, counting(chained(after, last, most)), most)
  return {
    add: (event) => query.add(event),
    matched: () => matched,
    results() {
      query.end()
      return results
    },
  }
}

function chained(commands: readonly Command[], last: Sink, most: number): Sink {
  return commands.reduceRight((next, command, index) => {
    const isCut = commands.slice(index + 1).some(({ needsAll }) => needsAll)
    return command.into(next, isCut ? Number.POSITIVE_INFINITY : most)
  }, last)
}

function shown(row: Fields, { columns, areEvents }: Shape): ResultField[] {
  const all = areEvents ? [...columns, { name: '@ptr', isTime: false }] : columns
  return all.flatMap(({ name, isTime }) => {
    const value = textOf(row[name], isTime)
    return value === undefined ? [] : [{ field: name, value }]
  })
}

/** A time is `2026-11-27 03:40:00.000`. */
function textOf(value: Value, isTime: boolean): string | undefined {
  if (value === undefined) return undefined
  if (isTime && typeof value === 'number')
    return new Date(value).toISOString().replace('T', ' ').replace('Z', '')
  return typeof value === 'number' ? String(Math.round(value * 10_000) / 10_000) : String(value)
}
