import { isRecords, type Part, type Row } from '../../../src/sandbox/state/persistent.ts'

/** The rows of a service, as the database has them. */
export interface Rows {
  /** Gives them to a new service of the same kind. */
  restore(parts: readonly Part[]): void
  text(): string
}

/** Follows a service from its start, as the keeper does. */
export function followRows(all: readonly Part[]): Rows {
  const parts = all.filter(isRecords)
  const kept = new Map(parts.map(({ kind }) => [kind, new Map<string, string>()]))
  const collect = () => {
    for (const part of parts) {
      for (const [key, json] of part.changes()) {
        if (json === undefined) kept.get(part.kind)?.delete(key)
        else kept.get(part.kind)?.set(key, json)
      }
    }
  }
  collect()
  return {
    restore(others) {
      collect()
      for (const part of others.filter(isRecords)) {
        const sorted = [...(kept.get(part.kind) ?? [])].toSorted(([left], [right]) => (left < right ? -1 : 1))
        part.apply(sorted.map(([key, json]): Row => [key, JSON.parse(json)]))
      }
    },
    text() {
      collect()
      return JSON.stringify([...kept.values()].map((rows) => [...rows]))
    },
  }
}
