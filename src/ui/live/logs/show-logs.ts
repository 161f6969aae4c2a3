import type { ShownLine } from '../../../logs/model/shown-line.ts'
import type { LiveFigures } from '../../../workflows/logs/live-beside.ts'
import type { Notice } from '../../../workflows/logs/notice.ts'
import { type Frame, otherScreen } from '../other-screen.tsx'
import { copyToTerminal } from './copy.ts'
import { drawings } from './drawings.ts'
import { keyReader } from './keys/key-reader.ts'
import { newLogsView, type Size, type ViewEvent, type ViewedTail } from './model/logs-view.ts'
import { reduce } from './reduce.ts'
import { requestAccounts } from './request-accounts.ts'
import { footerRows } from './screen/footer.ts'
import { windowRows } from './screen/window.ts'

/** Logs shown on a terminal. */
export interface ShownLogs {
  see(lines: readonly ShownLine[]): void
  /** @param text the notice for a person */
  notice(notice: Notice, text: string): void
  /** @param figures returns those of now */
  live(figures: () => LiveFigures): void
  /** Takes what was typed at once: keys, or a paste. */
  type(typed: string): void
  /** Gives the terminal back for a while, at once, and returns what takes it again. */
  suspend(): () => void
  /** Restores the screen. */
  end(): Promise<void>
}

/** The surroundings of the view. */
export interface LogsScreen {
  /** The place to draw: process.stdout, if it is a terminal. */
  terminal: NodeJS.WritableStream & Size
  tail: ViewedTail
  /** Makes a row safe to write. */
  safe: (row: string) => string
  clock: () => number
  /** Called once, when the person leaves by a key. */
  onLeave: () => void
}

/** The time between two drawings while nothing comes: the rate goes down. */
const beatMs = 1000

/**
 * Shows lines on the terminal's other screen until the end. The rows are made outside React, and only those that the
 * screen shows; ink draws them as two texts. The caller reads the keyboard.
 */
export function showLogs(screen: LogsScreen): ShownLogs {
  const { terminal, clock, safe, tail } = screen
  const accounts = requestAccounts()
  let view = newLogsView({ columns: terminal.columns, rows: terminal.rows }, tail)
  let isOver = false
  let live: (() => LiveFigures) | undefined
  const frame = (): Frame => ({
    rows: windowRows(view).map(safe),
    footer: footerRows(view).map(safe),
    height: view.size.rows,
  })
  const drawn = otherScreen(terminal, frame())
  const next = drawings(() => {
    view = reduce(view, { is: 'counted', requests: accounts.now(), live: live?.() })
    drawn.draw(frame())
  })
  const change = (event: ViewEvent) => {
    if (isOver) return
    const before = view
    view = reduce(view, event)
    if (view.copied && view.copied !== before.copied) terminal.write(copyToTerminal(view.copied.id))
    if (view.hasLeft && !before.hasLeft) screen.onLeave()
    next.soon()
  }
  const onResize = () => change({ is: 'resized', size: { columns: terminal.columns, rows: terminal.rows } })
  terminal.on('resize', onResize)
  const beat = setInterval(() => change({ is: 'tick', at: clock() }), beatMs)
  return {
    see(lines) {
      accounts.add(lines)
      change({ is: 'lines', lines, at: clock() })
    },
    notice: (notice, text) => change({ is: 'notice', notice, text, at: clock() }),
    live: (figures) => void (live = figures),
    type: keyReader((key) => {
      if (key === 'ctrl-l') drawn.redraw(frame())
      else change({ is: 'key', key })
    }),
    suspend() {
      void drawn.close()
      return () => {
        if (isOver) return
        onResize()
        drawn.open(frame())
      }
    },
    async end() {
      isOver = true
      terminal.off('resize', onResize)
      clearInterval(beat)
      next.stop()
      await drawn.close()
    },
  }
}
