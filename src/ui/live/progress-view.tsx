import { Box, Text } from 'ink'
import stringWidth from 'string-width'
import type { Progress } from '../lines/progress.ts'
import { formatCountdown, formatElapsed } from '../text/figures.ts'
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
 * A row for each function: its state, the time, and its present work.
 *
 * @param now milliseconds since the epoch
 * @param columns the terminal's width; names take at most two fifths of it
 * @param room in lines; the rest is summed up
 */
export function ProgressView({ progress, now, columns, room }: ProgressViewProps) {
  const { rows, rest } = shownProgress(progress, room)
  const width = Math.min(Math.floor(columns * 0.4), Math.max(...progress.map((one) => one.function.length)))
  return (
    <Box flexDirection="column">
      {rows.map((one) => (
        <ProgressRow key={one.function} one={one} now={now} width={width} columns={columns} />
      ))}
      {rest && (
        <Text dimColor wrap="truncate">
          {rest}
        </Text>
      )}
    </Box>
  )
}

interface ProgressRowProps {
  one: Progress
  now: number
  /** The width of its name, in columns. */
  width: number
  columns: number
}

function ProgressRow({ one, now, width, columns }: ProgressRowProps) {
  const { mark, color } = marks[one.is]
  const { began, ended, until } = one
  const elapsed = (began === undefined ? '' : formatElapsed((ended ?? now) - began)).padStart(5)
  const left = until !== undefined && until > now ? `, ${formatCountdown(until - now)} left` : ''
  const words = `${one.words}${left}`
  const bar = barOf(one, now, Math.floor(columns / 4))
  const space = columns - stringWidth(`${mark} ${elapsed} ${words}${bar}`) - width - 1
  return (
    <Text wrap="truncate">
      <Text color={color}>{mark}</Text> <Text bold>{fitted(one.function, width)}</Text>{' '}
      <Text dimColor>{elapsed}</Text> {words}
      {space > 0 && bar !== '' && (
        <Text dimColor>
          {' '.repeat(space)}
          {bar}
        </Text>
      )}
    </Text>
  )
}

/** The elapsed part of its step or bake; empty if unknown. */
function barOf({ shifted, until }: Progress, now: number, width: number): string {
  if (shifted === undefined || until === undefined || until <= shifted || width < 10) return ''
  const share = Math.min(1, Math.max(0, (now - shifted) / (until - shifted)))
  const filled = Math.floor(width * share)
  return '█'.repeat(filled) + '░'.repeat(width - filled)
}

function fitted(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}…` : name.padEnd(width)
}
