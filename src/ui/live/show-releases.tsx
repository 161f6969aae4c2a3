import { Box, render, renderToString, Static, Text, useWindowSize } from 'ink'
import { useEffect, useState } from 'react'
import type { TimedReleaseEvent } from '../../release/history/event.ts'
import { afterProgress, beforeProgress } from '../lines/progress.ts'
import { fitted } from '../text/fitted.ts'
import { afterEvent, beforeRelease } from './canary-state.ts'
import { type LiveState, LiveView } from './live-view.tsx'
import { eraseRowsUp, wrappedRows } from './wrapped-rows.ts'

/** A stream that can be drawn on: process.stderr, if it is a terminal. */
export type Terminal = NodeJS.WritableStream & Size

/** Functions shown live on a terminal. */
export interface ShownReleases {
  see(event: TimedReleaseEvent): void
  /** Makes a line scroll up above the live view. */
  write(line: string): void
  /** Shows a question below the live view; the caller reads the keys. */
  ask(question: string | undefined): void
  /** Leaves the lines on the screen and restores the terminal. */
  end(): Promise<void>
}

/** The interval for countdowns and elapsed times, milliseconds. */
const beatMs = 250

/** The initial content for releases. */
export interface ToShow {
  /** In the order of their rows. */
  functions: readonly string[]
  /** Their earlier events. */
  earlier: readonly TimedReleaseEvent[]
  /** The effect of the keys while a release has traffic; undefined if nobody is at a keyboard. */
  keys: string | undefined
}

/**
 * Shows the progress of functions on a terminal: events scroll up, and the live view stays below them. The keyboard is
 * not read.
 *
 * @param terminal the place to draw; stdout is left to the result
 * @param clock the time of events
 */
export function showReleases(
  terminal: Terminal,
  { functions, earlier, keys }: ToShow,
  clock: () => number,
): ShownReleases {
  let lines: readonly string[] = []
  let state: LiveState | undefined = earlier.reduce(afterLive, {
    progress: beforeProgress(functions),
    canary: beforeRelease,
    question: undefined,
    keys,
  })
  const screen = () => <Screen lines={lines} state={state} clock={clock} />
  const app = render(screen(), { stdout: terminal, exitOnCtrlC: false, patchConsole: false })
  const narrowing = eraseWhatWraps(terminal, (size) =>
    renderToString(state && <LiveView state={state} now={clock()} {...size} />, size),
  )
  const change = (next: LiveState | undefined) => {
    state = next
    app.rerender(screen())
  }
  return {
    see: (event) => change(state && afterLive(state, event)),
    ask: (question) => change(state && { ...state, question }),
    write(line) {
      lines = [...lines, fitted(line, terminal.columns)]
      change(state)
    },
    async end() {
      narrowing[Symbol.dispose]()
      change(undefined)
      app.unmount()
      await app.waitUntilExit()
    },
  }
}

function afterLive(state: LiveState, event: TimedReleaseEvent): LiveState {
  const { progress, canary } = state
  return { ...state, progress: afterProgress(progress, event), canary: afterEvent(canary, event) }
}

/** A terminal's size in characters. */
interface Size {
  columns: number
  rows: number
}

/**
 * A terminal that becomes narrower wraps the live view into more rows; ink erases only as many as it drew and would
 * leave the first ones.
 *
 * @param view as it was drawn at a size
 */
function eraseWhatWraps(terminal: Terminal, view: (size: Size) => string): Disposable {
  const sizeNow = (): Size => ({ columns: terminal.columns, rows: terminal.rows })
  let size = sizeNow()
  const onResize = () => {
    const wrapped = wrappedRows(view(size), terminal.columns)
    size = sizeNow()
    terminal.write(eraseRowsUp(wrapped))
  }
  terminal.prependListener('resize', onResize)
  return { [Symbol.dispose]: () => void terminal.off('resize', onResize) }
}

interface ScreenProps {
  lines: readonly string[]
  /** Undefined when everything is over. */
  state: LiveState | undefined
  clock: () => number
}

function Screen({ lines, state, clock }: ScreenProps) {
  const size = useWindowSize()
  const now = useBeat(clock)
  return (
    <Box flexDirection="column">
      <Static items={[...lines]}>{(line, index) => <Text key={index}>{line}</Text>}</Static>
      {state && <LiveView state={state} now={now} {...size} />}
    </Box>
  )
}

/** The time, updated with each beat. */
function useBeat(clock: () => number): number {
  const [now, setNow] = useState(clock)
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), beatMs)
    return () => clearInterval(timer)
  }, [clock])
  return now
}
