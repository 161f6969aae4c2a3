import type { Level } from '../../../../logs/model/line.ts'
import { emptyBuffer } from '../model/buffer.ts'
import { allLines, type Criteria } from '../model/criteria.ts'
import type { LogsView } from '../model/logs-view.ts'
import { chosenBlock, moved, nextFailed, pausedView, toEdge } from './cursor.ts'
import { folded, foldedAll, unfolded, wholeToggled } from './folds.ts'
import { startTyping } from './typing.ts'

/** The least level by its key. */
const levelKeys: ReadonlyMap<string, Level | undefined> = new Map([
  ['0', undefined],
  ['1', 'trace'],
  ['2', 'debug'],
  ['3', 'info'],
  ['4', 'warn'],
  ['5', 'error'],
  ['6', 'fatal'],
])

/** Half of the screen. */
function pageOf({ size }: LogsView): number {
  return Math.max(1, Math.floor(size.rows / 2))
}

const actions: Readonly<Record<string, (view: LogsView) => LogsView>> = {
  q: (view) => ({ ...view, hasLeft: true }),
  '?': (view) => ({ ...view, isHelpOpen: true }),
  space: (view) => (view.paused ? following(view) : pausedView(view)),
  G: following,
  end: following,
  g: (view) => toEdge(view),
  home: (view) => toEdge(view),
  k: (view) => moved(view, -1),
  up: (view) => moved(view, -1),
  j: (view) => moved(view, 1),
  down: (view) => moved(view, 1),
  'page-up': (view) => moved(view, -pageOf(view)),
  'page-down': (view) => moved(view, pageOf(view)),
  e: (view) => nextFailed(view, 1),
  E: (view) => nextFailed(view, -1),
  enter: (view) => folded(view),
  right: (view) => unfolded(view),
  left: (view) => folded(view, true),
  f: foldedAll,
  x: wholeToggled,
  '/': startTyping,
  s: (view) => changed(view, ({ solo }) => ({ solo: solo === undefined ? functionOf(view) : undefined })),
  m: (view) =>
    changed(view, ({ muted }) => ({
      muted: new Set([...muted, ...[functionOf(view)].filter((name) => name !== undefined)]),
    })),
  a: (view) => ({ ...view, criteria: allLines }),
  y: copied,
  c: (view) => ({ ...following(view), buffer: emptyBuffer() }),
}

/** The view after a key, while no filter is typed. */
export function afterKey(view: LogsView, key: string): LogsView {
  if (view.isHelpOpen) return { ...view, isHelpOpen: false, hasLeft: key === 'q' }
  if (levelKeys.has(key)) return changed(view, () => ({ least: levelKeys.get(key) }))
  return Object.hasOwn(actions, key) ? (actions[key]?.(view) ?? view) : view
}

function following(view: LogsView): LogsView {
  return { ...view, paused: undefined }
}

function changed(view: LogsView, change: (criteria: Criteria) => Partial<Criteria>): LogsView {
  return { ...view, criteria: { ...view.criteria, ...change(view.criteria) } }
}

function functionOf(view: LogsView): string | undefined {
  return chosenBlock(view)?.lines[0]?.function
}

/** Copies the request id of the chosen block, or of the newest one. */
function copied(view: LogsView): LogsView {
  const id = chosenBlock(view)?.requestId
  return id === undefined ? view : { ...view, copied: { id, times: (view.copied?.times ?? 0) + 1 } }
}
