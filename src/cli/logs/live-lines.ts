import type { Notice } from '../../workflows/logs/notice.ts'
import type { LineSink } from '../../workflows/logs/tail.ts'
import { ctrlC, readKeys } from '../interrupt/keyboard.ts'
import { ctrlZ, listenForStop, stopGroup } from '../interrupt/stop.ts'
import { mask } from '../output/mask.ts'
import { safeText } from '../output/safe-text.ts'
import { systemClock } from '../run/clock.ts'

/** Lines that are shown in the live view, until its end. */
export interface LiveLines extends LineSink {
  /** Restores the screen and the keyboard; returns the notices that must be read even so, such as of missing lines. */
  end(): Promise<Notice[]>
}

/** The surroundings of live lines. */
export interface LiveTail {
  /** True if a filter of the command leaves lines out. */
  isFiltered: boolean
  /** The functions that are named. */
  functions: readonly string[]
  noticeText: (notice: Notice) => string
  /** Called when the person leaves by `q`; Ctrl-C is the signal that it always is. */
  onLeave: () => void
}

/** These notices are told after the end, since the screen is gone then. */
const told: ReadonlySet<Notice['notice']> = new Set(['gap', 'denied', 'live-ended'])

/** Shows lines on the terminal's other screen, and reads the keyboard. */
export async function showLiveLines(tail: LiveTail): Promise<LiveLines> {
  const { showLogs } = await import('../../ui/live/logs/show-logs.ts')
  const { isFiltered, functions } = tail
  const view = showLogs({
    terminal: process.stdout,
    tail: { isFiltered, functions, safe: mask },
    safe: safeText,
    clock: () => systemClock.now(),
    onLeave: tail.onLeave,
  })
  const read = () =>
    readKeys(process.stdin, (typed) => {
      if (typed.includes(ctrlC)) process.kill(process.pid, 'SIGINT')
      else if (typed.includes(ctrlZ)) stopGroup()
      else view.type(typed)
    })
  let keys = read()
  const stops = listenForStop(() => {
    keys[Symbol.dispose]()
    const goOn = view.suspend()
    return () => {
      keys = read()
      goOn()
    }
  })
  const toTell: Notice[] = []
  return {
    lines: async (lines) => view.see(lines),
    live: (figures) => view.live(figures),
    notice(notice) {
      if (told.has(notice.notice)) toTell.push(notice)
      view.notice(notice, tail.noticeText(notice))
    },
    async end() {
      stops[Symbol.dispose]()
      keys[Symbol.dispose]()
      await view.end()
      return toTell
    },
  }
}
