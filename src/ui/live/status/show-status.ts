import type { StatusLook } from '../../../workflows/incident/watch-status.ts'
import { otherScreen } from '../other-screen.tsx'
import { type Size, statusFrame, type WatchedStatus } from './frame.ts'

/** The state of functions, shown as it changes. */
export interface ShownStatus {
  see(look: StatusLook): void
  /** Shows a warning until the next one. */
  notice(text: string): void
  /** Restores the screen. */
  end(): Promise<void>
}

/**
 * Shows the state of functions on the terminal's other screen until the end. The keyboard is not read.
 *
 * @param safe makes a row safe to write
 */
export function showStatus(
  terminal: NodeJS.WritableStream & Size,
  safe: (row: string) => string,
): ShownStatus {
  let watched: WatchedStatus = { look: undefined, notice: undefined }
  const frame = () => {
    const { rows, footer, height } = statusFrame(watched, terminal)
    return { rows: rows.map(safe), footer: footer.map(safe), height }
  }
  const screen = otherScreen(terminal, frame())
  const change = (changed: Partial<WatchedStatus>) => {
    watched = { ...watched, ...changed }
    screen.draw(frame())
  }
  const onResize = () => screen.redraw(frame())
  terminal.on('resize', onResize)
  return {
    see: (look) => change({ look }),
    notice: (notice) => change({ notice }),
    async end() {
      terminal.off('resize', onResize)
      await screen.close()
    },
  }
}
