import type { Block } from './buffer.ts'
import type { Folds } from './logs-view.ts'

/** Tells whether a block shows one row only. */
export function isFolded({ isEachFolded, others }: Folds, { key }: Block): boolean {
  return others.has(key) !== isEachFolded
}
