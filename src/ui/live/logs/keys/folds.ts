import { isFolded } from '../model/folded.ts'
import type { LogsView } from '../model/logs-view.ts'
import { chosenBlock, pausedView } from './cursor.ts'

/** The view with its chosen block folded, or opened. A view that follows stops, so that the block stays in its place. */
export function folded(view: LogsView, wanted?: boolean): LogsView {
  const block = chosenBlock(view)
  if (!block || wanted === isFolded(view.folds, block)) return view
  const { folds, ...rest } = pausedView(view)
  return { ...rest, folds: { ...folds, others: toggled(folds.others, block.key) } }
}

export function unfolded(view: LogsView): LogsView {
  return folded(view, false)
}

/** The view with all blocks folded, or opened. */
export function foldedAll(view: LogsView): LogsView {
  const isEachFolded = !view.folds.isEachFolded
  return { ...view, folds: { ...view.folds, isEachFolded, others: new Set() } }
}

/** The view with the whole stacks and long lines of its chosen block, or without. */
export function wholeToggled(view: LogsView): LogsView {
  const block = chosenBlock(view)
  if (!block) return view
  const { folds, ...rest } = folded(pausedView(view), false)
  return { ...rest, folds: { ...folds, whole: toggled(folds.whole, block.key) } }
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return keys.has(key) ? new Set(Array.from(keys).filter((other) => other !== key)) : new Set([...keys, key])
}
