import type { Block } from '../model/buffer.ts'
import { chosenLines } from '../model/criteria.ts'
import type { Cursor, LogsView } from '../model/logs-view.ts'
import { blocksOf } from '../model/logs-view.ts'
import { rowsOf } from '../screen/rows.ts'
import { windowHeight } from '../screen/window.ts'

/** The blocks that are shown, in their order. */
function shownBlocks(view: LogsView): Block[] {
  return Array.from(blocksOf(view).values()).filter((block) => chosenLines(view.criteria, block).length > 0)
}

/** The block that keys are for: that of the cursor, or the newest one. */
export function chosenBlock(view: LogsView): Block | undefined {
  const blocks = shownBlocks(view)
  return blocks[placeOf(view, blocks)]
}

/** The index of the cursor's block. If that is not shown any more, it is the last one. */
function placeOf({ paused }: LogsView, blocks: readonly Block[]): number {
  const place = blocks.findIndex(({ key }) => key === paused?.cursor.key)
  return place === -1 ? blocks.length - 1 : place
}

/** The view that stands still, with the cursor at its newest block. */
export function pausedView(view: LogsView): LogsView {
  const block = chosenBlock(view)
  if (!block || block.key === view.paused?.cursor.key) return view
  return withCursor(view, { key: block.key, row: 0 })
}

function withCursor(view: LogsView, cursor: Cursor): LogsView {
  const { paused, buffer } = view
  return {
    ...view,
    paused: paused ? { ...paused, cursor } : { blocks: new Map(buffer.blocks), cursor, newLines: 0 },
  }
}

/** The view with its cursor at the first block. */
export function toEdge(view: LogsView): LogsView {
  const [first] = shownBlocks(view)
  return first ? withCursor(view, { key: first.key, row: 0 }) : view
}

/** The view with its cursor some blocks further; a block that is higher than the screen is passed by halves of the screen. */
export function moved(view: LogsView, by: number): LogsView {
  const blocks = shownBlocks(view)
  const place = placeOf(view, blocks)
  const block = blocks[place]
  if (!block) return view
  const row = scrolled(view, block, by)
  if (row !== undefined) return withCursor(view, { key: block.key, row })
  const next = blocks[Math.min(blocks.length - 1, Math.max(0, place + by))] ?? block
  return withCursor(view, { key: next.key, row: 0 })
}

/** The next row inside a high block; undefined if the cursor leaves it. */
function scrolled(view: LogsView, block: Block, by: number): number | undefined {
  const height = windowHeight(view)
  const count = rowsOf(view, block).length
  if (count <= height) return undefined
  const row = (view.paused?.cursor.row ?? 0) + Math.sign(by) * Math.ceil(height / 2)
  return row >= 0 && row < count ? row : undefined
}

/**
 * The view with its cursor at the next failed request, or the one before; from the last one it goes on at the first, from
 * behind the last one it goes back to it. It looks at the lines that have come meanwhile too.
 */
export function nextFailed(view: LogsView, direction: 1 | -1): LogsView {
  const fresh: LogsView = view.paused
    ? { ...view, paused: { ...view.paused, blocks: new Map(view.buffer.blocks), newLines: 0 } }
    : view
  const blocks = shownBlocks(fresh)
  const known = view.paused ? blocks.findIndex(({ key }) => key === view.paused?.cursor.key) : blocks.length
  const failed = blocks.flatMap(({ hasFailed, key }, place) => (hasFailed ? [{ key, place }] : []))
  // Near the newest lines, the newest failed request is the one that a person has just seen.
  const isBehind = (failed.at(-1)?.place ?? 0) < known
  const next =
    direction === 1 && !isBehind
      ? (failed.find(({ place }) => place > known) ?? failed[0])
      : (failed.findLast(({ place }) => place < known) ?? failed.at(-1))
  return next ? withCursor(fresh, { key: next.key, row: 0 }) : view
}
