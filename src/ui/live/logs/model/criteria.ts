import { matches } from '../../../../logs/filter/matches.ts'
import { type ReadFilter, readFilter } from '../../../../logs/filter/parse-filter.ts'
import type { Mistake } from '../../../../logs/filter/tokens.ts'
import { type Level, levels } from '../../../../logs/model/line.ts'
import type { ShownLine } from '../../../../logs/model/shown-line.ts'
import { isShown } from '../../../logs/is-shown.ts'
import type { Block } from './buffer.ts'

/** The choice of lines that the view shows. */
export interface Criteria {
  /** As it was typed: a condition that can be read, or a text that lines contain. */
  filter: string
  /** Undefined for all; a line without a level counts as `info`. */
  least: Level | undefined
  /** The only function that is shown. */
  solo: string | undefined
  muted: ReadonlySet<string>
}

export const allLines: Criteria = { filter: '', least: undefined, solo: undefined, muted: new Set() }

/** A filter's text as it is meant: a condition such as `level>=warn`, else a text that is searched for, in small letters. */
type Meant = ReadFilter | { text: string }

const isCondition = /[=<>~]|^\s*(?:not|has)\s/i
/** A text in quotes is searched for, whatever it contains. */
const quoted = /^\s*"([^"]*)"?\s*$/

function meaningOf(filter: string): Meant {
  const [, text] = quoted.exec(filter) ?? []
  if (text !== undefined) return { text: text.toLowerCase() }
  return isCondition.test(filter) ? readFilter(filter) : { text: filter.trim().toLowerCase() }
}

/** The first mistake of a filter that can't be read (yet). */
export function mistakeIn(filter: string): Mistake | undefined {
  const meant = meaningOf(filter)
  return 'text' in meant ? undefined : meant.mistake
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
  const meant = meaningOf(filter)
  // Lambda's own lines have no level and no fields, and a search is not for them.
  if ('text' in meant) {
    const { text } = meant
    return text === ''
      ? () => true
      : (line) => isShown(line) && line.event.message.toLowerCase().includes(text)
  }
  const { expression } = meant
  return expression ? (line) => isShown(line) && matches(expression, line) : () => true
}

function rankOf(level: Level = 'info'): number {
  return levels.indexOf(level)
}
