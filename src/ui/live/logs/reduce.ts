import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { isShown } from '../../logs/is-shown.ts'
import { labelOf } from '../../logs/label.ts'
import { afterKey } from './keys/keys.ts'
import { afterTyped } from './keys/typing.ts'
import { withLines } from './model/buffer.ts'
import type { Figures, LogsView, ViewEvent } from './model/logs-view.ts'
import { withArrival } from './model/rate.ts'
import { afterNotice, unansweredSince } from './model/trouble.ts'

/** In columns; a longer one is cut. */
const widestLabel = 24
/** A notice is shown for this time, milliseconds. */
const noticeMs = 30_000

/** The view after one more event. */
export function reduce(view: LogsView, event: ViewEvent): LogsView {
  switch (event.is) {
    case 'lines':
      return afterLines(view, event.lines, event.at)
    case 'notice':
      return {
        ...view,
        trouble: afterNotice(view.trouble, event.notice, event.at),
        notice: { text: event.text, at: event.at, isRetry: event.notice.notice === 'retrying' },
      }
    case 'counted':
      return { ...view, figures: { ...view.figures, requests: event.requests, live: event.live } }
    case 'key':
      return view.typing ? afterTyped(view, view.typing, event.key) : afterKey(view, event.key)
    case 'resized':
      return { ...view, size: event.size }
    case 'tick':
      return afterTick(view, event.at)
  }
}

function afterLines(view: LogsView, lines: readonly ShownLine[], at: number): LogsView {
  const { paused } = view
  return {
    ...view,
    buffer: withLines(view.buffer, lines),
    paused: paused && { ...paused, newLines: paused.newLines + lines.filter(isShown).length },
    figures: withFigures(view.figures, lines, at),
  }
}

function withFigures(figures: Figures, lines: readonly ShownLine[], at: number): Figures {
  const newest = lines.at(-1)
  const shown = lines.filter(isShown)
  const functions = Array.from(new Set([...figures.functions, ...lines.map((line) => line.function)]))
  return {
    ...figures,
    lines: figures.lines + shown.length,
    late: figures.late + lines.filter(({ lateMs }) => lateMs !== undefined).length,
    arrivals: withArrival(figures.arrivals, at, shown.length),
    behindMs: newest ? Math.max(0, at - newest.event.ingested) : figures.behindMs,
    functions,
    labelWidth: lines.reduce(
      (width, line) => Math.max(width, Math.min(widestLabel, labelOf(line, functions.length > 1).length)),
      figures.labelWidth,
    ),
  }
}

/** Without new lines nothing is behind, if AWS answers. */
function afterTick(view: LogsView, at: number): LogsView {
  const arrivals = withArrival(view.figures.arrivals, at, 0)
  const since = unansweredSince(view.trouble)
  const known = arrivals.length === 0 ? 0 : view.figures.behindMs
  const behindMs = since === undefined ? known : at - since
  const isOver = view.notice && (view.notice.isRetry ? since === undefined : view.notice.at <= at - noticeMs)
  return {
    ...view,
    figures: { ...view.figures, arrivals, behindMs },
    notice: isOver ? undefined : view.notice,
  }
}
