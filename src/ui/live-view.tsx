import { Box, Text } from 'ink'
import { type CanaryState, isLive } from './canary-state.ts'
import { CanaryView } from './canary-view.tsx'
import type { Progress } from './progress.ts'
import { ProgressView } from './progress-view.tsx'

/** The state of a command's functions. */
export interface LiveState {
  progress: readonly Progress[]
  /** Of the only function. */
  canary: CanaryState
  question: string | undefined
}

interface LiveViewProps {
  state: LiveState
  now: number
  columns: number
  rows: number
}

/**
 * The live part of a command: how far each function is, or the canary of the only one; below it what the person is asked.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width
 * @param rows the terminal's height
 */
export function LiveView({ state: { progress, canary, question }, now, columns, rows }: LiveViewProps) {
  const questionRows = question ? Math.ceil(question.length / columns) : 0
  // Half of the height: on a terminal that gets half as wide, each row takes two, and what scrolls away can't be erased.
  const room = Math.max(1, Math.floor(rows / 2) - 1 - questionRows)
  return (
    <Box flexDirection="column" marginTop={1}>
      {progress.length === 1 && isLive(canary) ? (
        <CanaryView state={canary} now={now} columns={columns} />
      ) : (
        <ProgressView progress={progress} now={now} room={room} />
      )}
      {question && <Text bold>{question}</Text>}
    </Box>
  )
}
