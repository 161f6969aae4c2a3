import { stripVTControlCharacters } from 'node:util'
import type { LogsView } from '../../../../src/ui/live/logs/model/logs-view.ts'
import { footerRows } from '../../../../src/ui/live/logs/screen/footer.ts'
import { windowRows } from '../../../../src/ui/live/logs/screen/window.ts'

/** The screen of a view without colours, with blanks at the ends of rows left out. */
export function frame(view: LogsView): string {
  return [...windowRows(view), '─', ...footerRows(view)]
    .map((row) => stripVTControlCharacters(row).trimEnd())
    .join('\n')
}
