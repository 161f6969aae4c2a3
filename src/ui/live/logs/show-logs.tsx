import { Box, render, Text } from 'ink'
import type { ShownLine } from '../../../logs/model/shown-line.ts'
import { copyToTerminal } from './copy.ts'
import { keysIn } from './keys/typed-keys.ts'
import { newLogsView, type Size, type ViewEvent } from './model/logs-view.ts'
import { reduce } from './reduce.ts'
import { requestAccounts } from './request-accounts.ts'
import { footerRows } from './screen/footer.ts'
import { windowRows } from './screen/window.ts'

/** Logs shown on a terminal. */
export interface ShownLogs {
  see(lines: readonly ShownLine[]): void
  notice(text: string): void
  /** Takes what was typed at once: keys, or a paste. */
  type(typed: string): void
  /** Restores the screen. */
  end(): Promise<void>
}

/** The surroundings of the view. */
export interface LogsScreen {
  /** The place to draw: process.stdout, if it is a terminal. */
  terminal: NodeJS.WritableStream & Size
  /** Makes a row safe to write: secrets are masked. */
  safe: (row: string) => string
  clock: () => number
  /** True if the command's own filter leaves lines out. */
  isFiltered: boolean
  /** Called once, when the person leaves by a key. */
  onLeave: () => void
}

/** The time from a change to its drawing, milliseconds: all changes until then are one drawing. */
const drawAfterMs = 50
/** The time between two drawings while nothing comes: the rate goes down. */
const beatMs = 1000

/**
 * Shows lines on the terminal's other screen until the end. The rows are made outside React, and only those that the
 * screen shows; ink draws them as two texts. The caller reads the keyboard.
 */
export function showLogs(screen: LogsScreen): ShownLogs {
  const { terminal, clock } = screen
  const accounts = requestAccounts()
  let view = newLogsView({ columns: terminal.columns, rows: terminal.rows }, screen.isFiltered)
  let isOver = false
  let drawing: NodeJS.Timeout | undefined
  const element = () => {
    const rows = windowRows(view).map(screen.safe)
    const footer = footerRows(view, accounts.texts()).map(screen.safe)
    return <Screen rows={rows} footer={footer} height={view.size.rows} />
  }
  const app = render(element(), {
    stdout: terminal,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    alternateScreen: true,
  })
  const draw = () => {
    drawing = undefined
    app.rerender(element())
  }
  const change = (event: ViewEvent) => {
    if (isOver) return
    const before = view
    view = reduce(view, event)
    if (view.copied && view.copied !== before.copied) terminal.write(copyToTerminal(view.copied.id))
    if (view.hasLeft && !before.hasLeft) screen.onLeave()
    drawing ??= setTimeout(draw, drawAfterMs)
  }
  const onResize = () => change({ is: 'resized', size: { columns: terminal.columns, rows: terminal.rows } })
  terminal.on('resize', onResize)
  const beat = setInterval(() => change({ is: 'tick', at: clock() }), beatMs)
  return {
    see(lines) {
      accounts.add(lines)
      change({ is: 'lines', lines, at: clock() })
    },
    notice: (text) => change({ is: 'notice', text, at: clock() }),
    type: (typed) => keysIn(typed).forEach((key) => change({ is: 'key', key })),
    async end() {
      isOver = true
      terminal.off('resize', onResize)
      clearInterval(beat)
      clearTimeout(drawing)
      app.unmount()
      await app.waitUntilExit()
    },
  }
}

interface ScreenProps {
  rows: readonly string[]
  footer: readonly string[]
  height: number
}

function Screen({ rows, footer, height }: ScreenProps) {
  return (
    <Box flexDirection="column" height={height} justifyContent="space-between">
      <Text wrap="truncate">{rows.join('\n')}</Text>
      <Text wrap="truncate">{footer.join('\n')}</Text>
    </Box>
  )
}
