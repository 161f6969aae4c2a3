import { Box, Text } from 'ink'
import stringWidth from 'string-width'
import type { Progress } from '../lines/progress.ts'
import { type CanaryState, isLive } from './canary-state.ts'
import { CanaryView } from './canary-view.tsx'
import { ProgressView } from './progress-view.tsx'

/** The state of a command's functions. */
export interface LiveState {
  progress: readonly Progress[]
  /** The state of the only function. */
  canary: CanaryState
  question: string | undefined
  /** The effect of the keys while no question is open; undefined if nobody is at a keyboard. */
  keys?: string | undefined
}

interface LiveViewProps {
  state: LiveState
  now: number
  columns: number
  rows: number
}

/**
 * The live part of a command: the progress of each function, or the canary of the only one; below it the question to
 * the person.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width
 * @param rows the terminal's height
 */
export function LiveView({ state: { progress, canary, question, keys }, now, columns, rows }: LiveViewProps) {
  const below = question ?? (progress.some(({ is }) => is === 'baking') ? keys : undefined)
  const rowsBelow = below ? Math.ceil(stringWidth(below) / columns) : 0
  // Half of the height: if the terminal becomes half as wide, each row takes two, and rows that scroll away can't be
  // erased.
  const room = Math.max(1, Math.floor(rows / 2) - 1 - rowsBelow)
  return (
    <Box flexDirection="column" marginTop={1}>
      {progress.length === 1 && isLive(canary) ? (
        <CanaryView state={canary} now={now} columns={columns} room={room} />
      ) : (
        <ProgressView progress={progress} now={now} columns={columns} room={room} />
      )}
      {below && (
        <Text bold={question !== undefined} dimColor={question === undefined}>
          {below}
        </Text>
      )}
    </Box>
  )
}
