import { Box, Text } from 'ink'
import { formatCountdown, formatElapsed } from './figures.ts'
import type { Progress } from './progress.ts'
import { shownProgress } from './shown-progress.ts'

const marks = {
  waiting: { mark: '·', color: 'gray' },
  working: { mark: '●', color: 'cyan' },
  baking: { mark: '◆', color: 'magenta' },
  done: { mark: '✔', color: 'green' },
  failed: { mark: '✖', color: 'red' },
} as const

interface ProgressViewProps {
  progress: readonly Progress[]
  now: number
  columns: number
  room: number
}

/**
 * A row for each function: how it stands, since when, and what it does.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width, of which names take two fifths at most
 * @param room in lines; what there is no room for is summed up
 */
export function ProgressView({ progress, now, columns, room }: ProgressViewProps) {
  const { rows, rest } = shownProgress(progress, room)
  const width = Math.min(Math.floor(columns * 0.4), Math.max(...progress.map((one) => one.function.length)))
  return (
    <Box flexDirection="column">
      {rows.map((one) => (
        <ProgressRow key={one.function} one={one} now={now} width={width} />
      ))}
      {rest && (
        <Text dimColor wrap="truncate">
          {rest}
        </Text>
      )}
    </Box>
  )
}

function ProgressRow({ one, now, width }: { one: Progress; now: number; width: number }) {
  const { mark, color } = marks[one.is]
  const { began, ended, until } = one
  const elapsed = began === undefined ? '' : formatElapsed((ended ?? now) - began)
  const left = until !== undefined && until > now ? `, ${formatCountdown(until - now)} left` : ''
  return (
    <Text wrap="truncate">
      <Text color={color}>{mark}</Text> <Text bold>{fitted(one.function, width)}</Text>{' '}
      <Text dimColor>{elapsed.padStart(5)}</Text> {one.words}
      {left}
    </Text>
  )
}

function fitted(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width)
}
