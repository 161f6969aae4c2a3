import type { Notice } from '../../workflows/logs/notice.ts'
import type { LineSink } from '../../workflows/logs/tail.ts'
import { ctrlC, readKeys } from '../interrupt/keyboard.ts'
import { safeText } from '../output/safe-text.ts'
import { systemClock } from '../run/clock.ts'

/** Lines that are shown in the live view, until its end. */
export interface LiveLines extends LineSink {
  /** Restores the screen and the keyboard; returns the notices that must be read even so: of missing lines. */
  end(): Promise<Notice[]>
}

/** The surroundings of live lines. */
export interface LiveTail {
  /** True if a filter of the command leaves lines out. */
  isFiltered: boolean
  noticeText: (notice: Notice) => string
  /** Called when the person leaves by `q`; Ctrl-C is the signal that it always is. */
  onLeave: () => void
}

/** Shows lines on the terminal's other screen, and reads the keyboard. */
export async function showLiveLines({ isFiltered, noticeText, onLeave }: LiveTail): Promise<LiveLines> {
  const { showLogs } = await import('../../ui/live/logs/show-logs.tsx')
  const view = showLogs({
    terminal: process.stdout,
    safe: safeText,
    clock: () => systemClock.now(),
    isFiltered,
    onLeave,
  })
  const keys = readKeys(process.stdin, (typed) => {
    if (typed.includes(ctrlC)) process.kill(process.pid, 'SIGINT')
    else view.type(typed)
  })
  const toTell: Notice[] = []
  return {
    lines: async (lines) => view.see(lines),
    notice(notice) {
      if (notice.notice === 'gap' || notice.notice === 'denied') toTell.push(notice)
      view.notice(noticeText(notice))
    },
    async end() {
      keys[Symbol.dispose]()
      await view.end()
      return toTell
    },
  }
}
