import type { ShownLine } from '../../../../logs/model/shown-line.ts'
import type { LiveFigures } from '../../../../workflows/logs/live-beside.ts'
import type { Notice } from '../../../../workflows/logs/notice.ts'
import { type Block, type Buffer, emptyBuffer } from './buffer.ts'
import { allLines, type Criteria } from './criteria.ts'
import type { Arrivals } from './rate.ts'
import { noTrouble, type Trouble } from './trouble.ts'

/** The state of the view of logs. */
export interface LogsView {
  size: Size
  tail: ViewedTail
  buffer: Buffer
  /** Undefined while the newest lines are shown. */
  paused: Paused | undefined
  criteria: Criteria
  /** The filter while it is typed. */
  typing: Typing | undefined
  folds: Folds
  isHelpOpen: boolean
  /** The request id to copy, and how many were copied: the same one may be copied twice. */
  copied: { id: string; times: number } | undefined
  hasLeft: boolean
  figures: Figures
  trouble: Trouble
  /** The newest notice of the tail, such as AWS that does not answer. */
  notice: ToldNotice | undefined
}

/** The tail that a view shows. */
export interface ViewedTail {
  /** The command's own filter leaves lines out: requests are not whole, so their ends are not known. */
  isFiltered: boolean
  /** The functions that are named; more may join. */
  functions: readonly string[]
  /** Masks the secrets of a text. Only a whole text shows what is secret in it, so it comes before any cut. */
  safe: (text: string) => string
}

interface ToldNotice {
  text: string
  at: number
  /** It is shown until the tail goes on; any other one for a while. */
  isRetry: boolean
}

/** A terminal's size in characters. */
export interface Size {
  columns: number
  rows: number
}

/** A view that stands still. */
interface Paused {
  /** The blocks when it was paused. */
  blocks: ReadonlyMap<string, Block>
  cursor: Cursor
  /** Lines that have come since. */
  newLines: number
}

/** The chosen block. */
export interface Cursor {
  key: string
  /** The row of the block that is in the middle of the screen; 0 except in blocks that are higher than the screen. */
  row: number
}

export interface Typing {
  text: string
  /** The filter that Escape brings back. */
  before: string
}

/** Which blocks show one row only, and which show whole stacks and long lines. */
export interface Folds {
  isEachFolded: boolean
  /** The keys of blocks that differ from `isEachFolded`. */
  others: ReadonlySet<string>
  /** The keys of blocks with whole stacks and long lines. */
  whole: ReadonlySet<string>
}

export interface Figures {
  lines: number
  late: number
  arrivals: Arrivals
  /** The distance from the newest line's time at CloudWatch to its arrival, milliseconds. */
  behindMs: number
  /** The functions that are named, and then those that have written besides. */
  functions: readonly string[]
  /** The width of the names before lines, in columns; 0 if all lines have the same. */
  labelWidth: number
  requests: Accounts
  /** Undefined where Live Tail is not used. */
  live: LiveFigures | undefined
}

/** The requests that have ended. */
export interface Accounts {
  requests: number
  failed: number
  /** One text for each version of a canary; empty before the first request of one. */
  canary: readonly string[]
}

/** The changes of the view. Times are milliseconds since the epoch. */
export type ViewEvent =
  | { is: 'lines'; lines: readonly ShownLine[]; at: number }
  | { is: 'notice'; notice: Notice; text: string; at: number }
  | { is: 'counted'; requests: Accounts; live: LiveFigures | undefined }
  | { is: 'key'; key: string }
  | { is: 'resized'; size: Size }
  | { is: 'tick'; at: number }

/** The view before the first line. */
export function newLogsView(size: Size, tail: ViewedTail): LogsView {
  return {
    size,
    tail,
    buffer: emptyBuffer(),
    paused: undefined,
    criteria: allLines,
    typing: undefined,
    folds: { isEachFolded: false, others: new Set(), whole: new Set() },
    isHelpOpen: false,
    copied: undefined,
    hasLeft: false,
    figures: {
      lines: 0,
      late: 0,
      arrivals: [],
      behindMs: 0,
      functions: tail.functions,
      labelWidth: 0,
      requests: { requests: 0, failed: 0, canary: [] },
      live: undefined,
    },
    trouble: noTrouble,
    notice: undefined,
  }
}

/** The blocks that the view may show. */
export function blocksOf({ paused, buffer }: LogsView): ReadonlyMap<string, Block> {
  return paused?.blocks ?? buffer.blocks
}
