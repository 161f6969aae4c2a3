import type { LogsView, Typing } from '../model/logs-view.ts'

/** The view in which a filter begins to be typed. */
export function startTyping(view: LogsView): LogsView {
  const { filter } = view.criteria
  return { ...view, typing: { text: filter, before: filter } }
}

/** The view after a key of a filter: each one applies the filter at once. Enter keeps it, Escape brings the former back. */
export function afterTyped(view: LogsView, { text, before }: Typing, key: string): LogsView {
  switch (key) {
    case 'enter':
      return { ...view, typing: undefined }
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
  return { ...withFilter(view, text), typing: { text, before } }
}

/** The view with another filter. */
function withFilter(view: LogsView, filter: string): LogsView {
  return { ...view, criteria: { ...view.criteria, filter } }
}
