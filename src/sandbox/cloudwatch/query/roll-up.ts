import type { BinTable } from './bin-table.ts'
import { minuteOf } from './bins.ts'
import type { Bin } from './series.ts'
import { addSummary, emptySummary } from './summary.ts'

/** Sums seconds before a moment up to minutes: as many as the table gives at a time. */
export function sumUpSeconds(table: BinTable, before: number): void {
  const seconds = table.secondsBefore(before)
  const byMinute = Map.groupBy(seconds, ({ id, bin }) => `${id}/${minuteOf(bin.start)}`)
  const minutes = Array.from(byMinute.values(), (group) => {
    const [{ id, bin }] = group as [(typeof group)[number]]
    const start = minuteOf(bin.start)
    const [whole = { start, ...emptySummary() }] = table.read(id, { start, end: start + 1 })
    for (const second of group) addSummary(whole, second.bin)
    return [id, whole] satisfies [number, Bin]
  })
  // Both come into one commit, so that nothing is lost or counted twice.
  for (const [id, whole] of minutes) table.put(id, whole)
  for (const { id, bin } of seconds) table.remove(id, bin.start)
}
