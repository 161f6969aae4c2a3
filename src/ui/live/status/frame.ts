import chalk from 'chalk'
import type { StatusLook } from '../../../workflows/incident/watch-status.ts'
import { watchedText } from '../../results/status/overview.ts'
import { count } from '../../text/figures.ts'
import { fitted } from '../../text/fitted.ts'
import { plainLine } from '../../text/plain.ts'
import { formatMoment } from '../../text/time.ts'
import type { Frame } from '../other-screen.tsx'

/** The terminal's size in characters. */
export interface Size {
  columns: number
  rows: number
}

/** The content of the screen. */
export interface WatchedStatus {
  /** Undefined before the first look. */
  look: StatusLook | undefined
  /** The last warning. */
  notice: string | undefined
}

/** The screen of a person who watches functions: whole lines, as many as there is room for. */
export function statusFrame({ look, notice }: WatchedStatus, { columns, rows }: Size): Frame {
  const footer = footerRows(look, notice, columns).slice(-Math.max(1, rows - 1))
  const lines = look ? fitted(watchedText(look, columns), columns).split('\n') : ['looking …']
  const room = Math.max(1, rows - footer.length)
  const shown = lines.length <= room ? lines : lines.slice(0, room - 1)
  const hidden = lines.length - shown.length
  const more = hidden > 0 ? [`  … and ${count(hidden, 'more line')}: the terminal is too low`] : []
  return { rows: [...shown, ...more], footer, height: rows }
}

function footerRows(look: StatusLook | undefined, notice: string | undefined, columns: number): string[] {
  const when = look ? `${formatMoment(look.at)} · ` : ''
  const troubles = [look?.failure && `not read: ${look.failure}`, notice].flatMap((text) => text || [])
  return [
    ...troubles.flatMap((text) =>
      fitted(chalk.yellow(plainLine(text)), columns)
        .split('\n')
        .slice(0, 2),
    ),
    chalk.dim(`${when}q leaves · it only looks`),
  ]
}
