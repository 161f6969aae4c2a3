import { Box, render, Static, Text, useWindowSize } from 'ink'
import { useEffect, useState } from 'react'
import type { TimedReleaseEvent } from '../release/event.ts'
import { afterEvent, beforeRelease, type CanaryState } from './canary-state.ts'
import { CanaryView } from './canary-view.tsx'
import { narrator } from './narrator.ts'

/** A canary shown live on a terminal. */
export interface ShownCanary {
  tell(event: TimedReleaseEvent): void
  /** Leaves what is on the screen and gives the terminal back. */
  end(): Promise<void>
}

/** The countdown's beat, milliseconds. */
const beatMs = 250

/**
 * Shows a canary on a terminal: what happened scrolls up, the live view stays below it.
 *
 * @param terminal where to draw; stdout is left to the result
 */
export function showCanary(terminal: NodeJS.WriteStream): ShownCanary {
  let lines: readonly string[] = []
  let state = beforeRelease
  const narrate = narrator((line) => {
    lines = [...lines, line]
  })
  const options = { stdout: terminal, exitOnCtrlC: false, patchConsole: false }
  const app = render(<Screen lines={lines} state={state} />, options)
  return {
    tell(event) {
      state = afterEvent(state, event)
      if (event.event !== 'observed') narrate(event)
      app.rerender(<Screen lines={lines} state={state} />)
    },
    async end() {
      app.unmount()
      await app.waitUntilExit()
    },
  }
}

function Screen({ lines, state }: { lines: readonly string[]; state: CanaryState }) {
  const { columns } = useWindowSize()
  const now = useBeat()
  return (
    <Box flexDirection="column">
      <Static items={[...lines]}>{(line, index) => <Text key={index}>{line}</Text>}</Static>
      <CanaryView state={state} now={now} columns={columns} />
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
