import type { TimedReleaseEvent } from '../../release/history/event.ts'
import { heartbeat } from '../../ui/lines/heartbeat.ts'
import { isShownLive, isStepOfMany } from '../../ui/live/is-shown-live.ts'
import type { ShownReleases, Terminal } from '../../ui/live/show-releases.tsx'
import { isInCi } from '../../ui/text/is-in-ci.ts'
import { type TimeTeller, tellTimes } from '../../ui/text/time.ts'
import { warningText } from '../../ui/text/warning.ts'
import type { Asked } from '../interrupt/question.ts'
import { mask } from '../output/mask.ts'
import { systemClock } from './clock.ts'

/** Shows events while a command runs. */
export interface Presenter {
  tell(event: TimedReleaseEvent): void
  /** Present if a person is reading and may be asked. */
  question?: Pick<Asked, 'show' | 'hide'>
  /** Whether figures of a release are shown as they change. */
  isWatched?(): boolean
  /** Restores the terminal, if it was taken. */
  end?(): Promise<void>
}

/** The content for a presenter. */
export interface Presented {
  /** In the order of the configuration. */
  functions: readonly string[]
  /** Whether each step of several functions has its lines, even if rows show it. */
  inDetail?: boolean
  /** Whether lines are written on a terminal too: traces of calls would break a view. */
  isPlain?: boolean
  /** The text about keys while a release has traffic; undefined if nobody is at a keyboard. */
  keys?: string | undefined
  /** Tells a person something beside the result, line by line. */
  write: (line: string) => void
  /** Turns events into lines. */
  narrator: (write: (line: string) => void, tellTime: TimeTeller) => (event: TimedReleaseEvent) => void
}

/** The time before a view is loaded, milliseconds: a shorter command needs none, and loading takes a while. */
const viewAfterMs = 1000
/** How often the view checks for something to show, milliseconds. */
const beatMs = 1000

/**
 * Tells whether a person is at a terminal that can be drawn on. CI runners may have a terminal, but nobody sits there.
 */
export function canDraw({ isTTY }: NodeJS.WriteStream): boolean {
  return isTTY && !isInCi() && process.env['TERM'] !== 'dumb'
}

/** A live view on a terminal that can be drawn on, else lines; both on stderr. */
export function presenterFor(presented: Presented): Presenter {
  const draws = canDraw(process.stderr) && !presented.isPlain
  return draws ? livePresenter(process.stderr, presented) : plainPresenter(presented)
}

/** Warnings alone, and the question for a person who interrupts. */
export function quietPresenter(write: (line: string) => void): Presenter {
  return {
    tell(event) {
      if (event.event === 'warning') write(warningText(event.text))
    },
    question: plainQuestion(write),
  }
}

/** Lines for a log or a plain terminal. */
function plainPresenter({ functions, write, narrator }: Presented): Presenter {
  const tellTime = tellTimes()
  const narrate = narrator(write, tellTime)
  const life = heartbeat(functions, write, tellTime, (ms) => systemClock.realMs(ms))
  const timer = setInterval(() => life.beat(systemClock.now()), beatMs)
  return {
    tell(event) {
      life.see(event)
      narrate(event)
    },
    question: plainQuestion(write),
    end: async () => clearInterval(timer),
  }
}

/** A live view for work of more than a second; lines until then. */
export function livePresenter(
  terminal: Terminal,
  { functions, inDetail, keys, write, narrator }: Presented,
): Presenter {
  const isBrief = functions.length > 1 && !inDetail
  const plain = plainQuestion(write)
  const earlier: TimedReleaseEvent[] = []
  let view: ShownReleases | undefined
  let asked: string | undefined
  let isOver = false
  const narrate = narrator((line) => (view ? view.write(mask(line)) : write(line)), tellTimes())
  const open = async () => {
    const { showReleases } = await import('../../ui/live/show-releases.tsx')
    if (isOver) return
    view = showReleases(terminal, { functions, earlier, keys }, () => systemClock.now())
    view.ask(asked)
  }
  // If the view fails to open, the release goes on without it.
  const openOrSay = () =>
    open().catch((error: unknown) => write(warningText(`no live view: ${String(error)}`)))
  const timer = setTimeout(() => void openOrSay(), viewAfterMs)
  return {
    tell(event) {
      if (!view) earlier.push(event)
      const hasRow = isShownLive(event) || (isBrief && isStepOfMany(event))
      if (!hasRow) narrate(event)
      view?.see(event)
    },
    question: {
      show(question) {
        asked = question
        if (view) view.ask(question)
        else plain.show(question)
      },
      hide(answer) {
        asked = undefined
        if (view) view.ask(undefined)
        else plain.hide(answer)
      },
    },
    // Rows of several functions have no room for figures.
    isWatched: () => view !== undefined && !isOver && functions.length === 1,
    async end() {
      isOver = true
      clearTimeout(timer)
      await view?.end()
    },
  }
}

function plainQuestion(write: (line: string) => void): Pick<Asked, 'show' | 'hide'> {
  return {
    show: write,
    hide(answer) {
      if (answer === 'go-on') write('The release goes on.')
    },
  }
}
