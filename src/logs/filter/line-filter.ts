import { type Level, type Line, levels } from '../model/line.ts'
import type { Expression } from './expression.ts'
import { filterPattern } from './filter-pattern.ts'
import { matches } from './matches.ts'

/** Which lines a person wants. */
export interface Wishes {
  /** Texts that a line has all of, in its message as it was written or as it is shown. */
  grep: readonly string[]
  /** Texts of which a line has none. */
  exclude: readonly string[]
  /** The least level. */
  level: Level | undefined
  filter: Expression | undefined
}

/** Tells whether all lines are wanted. */
export function isEmpty({ grep, exclude, level, filter }: Wishes): boolean {
  return grep.length === 0 && exclude.length === 0 && level === undefined && filter === undefined
}

/** Tells whether a line is wanted. A line without a level counts as `info`. */
export function lineFilter({ grep, exclude, level, filter }: Wishes): (line: Line) => boolean {
  const least = level === undefined ? 0 : levels.indexOf(level)
  return (line) =>
    levels.indexOf(line.level ?? 'info') >= least &&
    grep.every((text) => has(line, text)) &&
    !exclude.some((text) => has(line, text)) &&
    (filter === undefined || matches(filter, line))
}

function has({ event, text }: Line, wanted: string): boolean {
  return event.message.includes(wanted) || text.includes(wanted)
}

/** The part of the wishes that CloudWatch can decide, as its filter pattern; undefined for none. */
export function patternOf({ grep, filter }: Pick<Wishes, 'grep' | 'filter'>): string | undefined {
  // A shown text may join fields of JSON by a colon, which CloudWatch has not.
  return filterPattern({ contained: grep.flatMap((text) => text.split(':')), filter })
}
