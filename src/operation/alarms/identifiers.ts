import type { WholeAlarm } from '../../release/values/alarms.ts'

/** Names for alarms in a tool's file: two alarms whose names become the same get a number. */
export function identifiers(alarms: readonly WholeAlarm[], nameOf: (name: string) => string): string[] {
  const used = new Map<string, number>()
  return alarms.map(({ name }) => {
    const base = nameOf(name)
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    return count === 1 ? base : `${base}${count}`
  })
}
