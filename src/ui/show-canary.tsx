import { Box, render, renderToString, Static, Text, useWindowSize } from 'ink'
import { useEffect, useState } from 'react'
import type { TimedReleaseEvent } from '../release/event.ts'
import { afterEvent, beforeRelease, type CanaryState } from './canary-state.ts'
import { CanaryView } from './canary-view.tsx'
import { narrator } from './narrator.ts'
import { eraseRowsUp, wrappedRows } from './wrapped-rows.ts'

/** A canary shown live on a terminal. */
export interface ShownCanary {
  tell(event: TimedReleaseEvent): void
  /** A question below the live view; whoever asks it reads the keys. */
  question: { show(question: string): void; hide(): void }
  /** Leaves what is on the screen and gives the terminal back. */
  end(): Promise<void>
}

/** The countdown's beat, milliseconds. */
const beatMs = 250

/**
 * Shows a canary on a terminal: what happened scrolls up, the live view stays below it. The keyboard is left alone.
 *
 * @param terminal where to draw; stdout is left to the result
 */
export function showCanary(terminal: NodeJS.WriteStream): ShownCanary {
  let lines: readonly string[] = []
  let state = beforeRelease
  let question: string | undefined
  const narrate = narrator((line) => {
    lines = [...lines, line]
  })
  const options = { stdout: terminal, exitOnCtrlC: false, patchConsole: false }
  const screen = () => <Screen lines={lines} state={state} question={question} />
  const app = render(screen(), options)
  const narrowing = eraseWhatWraps(terminal, (columns) =>
    renderToString(<CanaryView state={state} now={Date.now()} columns={columns} question={question} />, {
      columns,
    }),
  )
  const ask = (asked: string | undefined) => {
    question = asked
    app.rerender(screen())
  }
  return {
    tell(event) {
      state = afterEvent(state, event)
      if (!isShownLive(event)) narrate(event)
      app.rerender(screen())
    },
    question: { show: ask, hide: () => ask(undefined) },
    async end() {
      narrowing[Symbol.dispose]()
      app.unmount()
      await app.waitUntilExit()
    },
  }
}

/** What the view itself shows as it changes; that all environments are ready stays on the screen. */
function isShownLive(event: TimedReleaseEvent): boolean {
  return event.event === 'observed' || (event.event === 'warming' && event.available < event.requested)
}

/**
 * A terminal that gets narrower wraps the live view into more rows; ink erases as many as it drew and would leave the first.
 *
 * @param view as it was drawn at a width
 */
function eraseWhatWraps(terminal: NodeJS.WriteStream, view: (columns: number) => string): Disposable {
  let { columns } = terminal
  const onResize = () => {
    const wrapped = wrappedRows(view(columns), terminal.columns)
    columns = terminal.columns
    terminal.write(eraseRowsUp(wrapped))
  }
  terminal.prependListener('resize', onResize)
  return { [Symbol.dispose]: () => void terminal.off('resize', onResize) }
}

interface ScreenProps {
  lines: readonly string[]
  state: CanaryState
  question: string | undefined
}

function Screen({ lines, state, question }: ScreenProps) {
  const { columns } = useWindowSize()
  const now = useBeat()
  return (
    <Box flexDirection="column">
      <Static items={[...lines]}>{(line, index) => <Text key={index}>{line}</Text>}</Static>
      <CanaryView state={state} now={now} columns={columns} question={question} />
    </Box>
  )
}

/** The time, renewed with each beat. */
function useBeat(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), beatMs)
    return () => clearInterval(timer)
  }, [])
  return now
}
