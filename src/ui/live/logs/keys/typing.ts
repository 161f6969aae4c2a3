import { mistakeIn } from '../model/criteria.ts'
import type { LogsView, Typing } from '../model/logs-view.ts'

/** The view in which a filter begins to be typed. */
export function startTyping(view: LogsView): LogsView {
  const { filter } = view.criteria
  return { ...view, typing: { text: filter, before: filter } }
}

/**
 * The view after a key of a filter: each one applies the filter at once, and the former one while it can't be read. Enter
 * keeps it, if it can be read; Escape brings the former one back.
 */
export function afterTyped(view: LogsView, { text, before }: Typing, key: string): LogsView {
  switch (key) {
    case 'enter':
      return mistakeIn(text) ? view : { ...view, typing: undefined }
    case 'escape':
      return { ...withFilter(view, before), typing: undefined }
    case 'backspace':
      return typed(view, Array.from(text).slice(0, -1).join(''), before)
    case 'ctrl-u':
      return typed(view, '', before)
    case 'space':
      return typed(view, `${text} `, before)
    default:
      // The names of other keys have more than one character.
      return Array.from(key).length === 1 ? typed(view, text + key, before) : view
  }
}

function typed(view: LogsView, text: string, before: string): LogsView {
  return { ...withFilter(view, mistakeIn(text) ? before : text), typing: { text, before } }
}

/** The view with another filter. */
function withFilter(view: LogsView, filter: string): LogsView {
  return { ...view, criteria: { ...view.criteria, filter } }
}
