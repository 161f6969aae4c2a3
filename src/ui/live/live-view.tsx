import { Box, Text } from 'ink'
import stringWidth from 'string-width'
import type { Progress } from '../lines/progress.ts'
import { type CanaryState, isLive } from './canary-state.ts'
import { CanaryView } from './canary-view.tsx'
import { ProgressView } from './progress-view.tsx'

/** The state of a command's functions. */
export interface LiveState {
  progress: readonly Progress[]
  /** Of the only function. */
  canary: CanaryState
  question: string | undefined
  /** The effect of the keys while nothing is asked; undefined where nobody sits at a keyboard. */
  keys?: string | undefined
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
export function LiveView({ state: { progress, canary, question, keys }, now, columns, rows }: LiveViewProps) {
  const below = question ?? (progress.some(({ is }) => is === 'baking') ? keys : undefined)
  const rowsBelow = below ? Math.ceil(stringWidth(below) / columns) : 0
  // Half of the height: on a terminal that gets half as wide, each row takes two, and what scrolls away can't be erased.
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
