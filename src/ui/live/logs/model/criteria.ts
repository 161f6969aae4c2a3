import type { Expression } from '../../../../logs/filter/expression.ts'
import { matches } from '../../../../logs/filter/matches.ts'
import { parseFilter } from '../../../../logs/filter/parse-filter.ts'
import { type Level, levels } from '../../../../logs/model/line.ts'
import type { ShownLine } from '../../../../logs/model/shown-line.ts'
import { isShown } from '../../../logs/is-shown.ts'
import type { Block } from './buffer.ts'

/** The choice of lines that the view shows. */
export interface Criteria {
  /** As it was typed: a filter, or a text that lines contain. */
  filter: string
  /** Undefined for all; a line without a level counts as `info`. */
  least: Level | undefined
  /** The only function that is shown. */
  solo: string | undefined
  muted: ReadonlySet<string>
}

export const allLines: Criteria = { filter: '', least: undefined, solo: undefined, muted: new Set() }

/** Tells whether a filter's text is a condition such as `level>=warn`; any other text is searched for. */
const isCondition = /[=<>~]|^\s*(?:not|has)\s/i

/** Returns the condition of a filter's text; undefined if the text is searched for, or can't be read (yet). */
function conditionOf(filter: string): Expression | undefined {
  if (!isCondition.test(filter)) return undefined
  try {
    return parseFilter(filter)
  } catch {
    return undefined
  }
}

/** Tells whether a filter's text begins a condition that can't be read yet; until then no line is left out. */
export function isUnfinished(filter: string): boolean {
  return isCondition.test(filter) && conditionOf(filter) === undefined
}

type Chooser = (block: Block) => readonly ShownLine[]

const choosers = new WeakMap<Criteria, Chooser>()

/** The lines of a block that are chosen. A block without any is not shown. */
export function chosenLines(criteria: Criteria, block: Block): readonly ShownLine[] {
  const chooser = choosers.get(criteria) ?? chooserOf(criteria)
  choosers.set(criteria, chooser)
  return chooser(block)
}

/** Chooses the lines of each block once. */
function chooserOf(criteria: Criteria): Chooser {
  const isChosen = testOf(criteria)
  const known = new WeakMap<Block, readonly ShownLine[]>()
  return (block) => {
    const lines = known.get(block) ?? block.lines.filter(isChosen)
    known.set(block, lines)
    return lines
  }
}

function testOf({ filter, least, solo, muted }: Criteria): (line: ShownLine) => boolean {
  const contains = testOfFilter(filter)
  const leastRank = least === undefined ? -1 : levels.indexOf(least)
  return (line) => {
    if (solo === undefined ? muted.has(line.function) : line.function !== solo) return false
    if (least !== undefined && rankOf(line.level) < leastRank) return false
    return contains(line)
  }
}

function testOfFilter(filter: string): (line: ShownLine) => boolean {
  const text = filter.trim().toLowerCase()
  if (text === '' || isUnfinished(filter)) return () => true
  const condition = conditionOf(filter)
  // Lambda's own lines have no level and no fields, and a search is not for them.
  return condition
    ? (line) => isShown(line) && matches(condition, line)
    : (line) => isShown(line) && line.event.message.toLowerCase().includes(text)
}

function rankOf(level: Level = 'info'): number {
  return levels.indexOf(level)
}
