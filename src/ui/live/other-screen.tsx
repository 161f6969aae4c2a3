import { Box, type Instance, render, Text } from 'ink'

/** The text of a whole screen. */
export interface Frame {
  rows: readonly string[]
  footer: readonly string[]
  /** In rows. */
  height: number
}

/** The terminal's other screen, which leaves its own one as it was. */
export interface OtherScreen {
  /** Draws a frame, unless the screen is closed. */
  draw(frame: Frame): void
  /** Draws the whole frame: something else may have written on the screen. */
  redraw(frame: Frame): void
  open(frame: Frame): void
  /** Restores the own screen at once. Resolves when all is written. */
  close(): Promise<void>
}

/** Opens the screen. ink draws a frame as two texts. */
export function otherScreen(terminal: NodeJS.WritableStream, first: Frame): OtherScreen {
  const opened = (frame: Frame) =>
    render(<Screen {...frame} />, {
      stdout: terminal,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
      alternateScreen: true,
      // Over a slow line, only the rows that change are written.
      incrementalRendering: true,
    })
  let app: Instance | undefined = opened(first)
  return {
    redraw(frame) {
      app?.clear()
      app?.rerender(<Screen {...frame} />)
    },
    draw: (frame) => app?.rerender(<Screen {...frame} />),
    open(frame) {
      app ??= opened(frame)
    },
    async close() {
      const closed = app
      app = undefined
      closed?.unmount()
      await closed?.waitUntilExit()
    },
  }
}

function Screen({ rows, footer, height }: Frame) {
  return (
    <Box flexDirection="column" height={height} justifyContent="space-between">
      <Text wrap="truncate">{rows.join('\n')}</Text>
      <Text wrap="truncate">{footer.join('\n')}</Text>
    </Box>
  )
}
