import { init, reports, size, used } from './saved-queries.ts'

/**
 * A query for cold starts, their durations in milliseconds and the memory in MB, by time.
 *
 * @param periodMs the time that a row covers
 * @param byVersion whether each version has rows of its own; its name is in that of the log stream
 */
export function reportsOver(periodMs: number, byVersion: boolean): string {
  const by = `bin(${periodMs / 60_000}m) as time${byVersion ? ', version' : ''}`
  return `${reports}
| fields ${init} as init, ${used} as used, ${size} as size${byVersion ? '\n| parse @logStream /\\[(?<version>[^\\]]+)\\]/' : ''}
| stats count(init) as cold, pct(init, 50) as init50, pct(init, 99) as init99, max(used) as used, max(size) as size by ${by}
| sort time asc`
}
