import chalk from 'chalk'
import cliTruncate from 'cli-truncate'
import { count } from '../../../text/figures.ts'
import { wrapped } from '../../../text/fitted.ts'
import type { Size } from '../model/logs-view.ts'

const keys: readonly (readonly [keys: string, effect: string])[] = [
  ['space', 'pause; follow again (also G, End)'],
  ['↑ ↓  k j', 'choose a request; it pauses'],
  ['PgUp PgDn  g', 'half a screen of requests; the first one'],
  ['e  E', 'next failed request; the one before'],
  ['enter', 'fold or open the request (also ← →)'],
  ['f', 'fold or open all requests'],
  ['x', 'whole stacks and long lines of the request'],
  ['/', 'filter by text, or by level>=warn and ms>100'],
  ['1 … 6  0', 'trace and above … fatal; all levels'],
  ['s  m', "only the request's function; leave it out"],
  ['a', 'all lines again: no filter, level or choice'],
  ['y', 'copy the request id'],
  ['c', 'clear'],
  ['Ctrl-Z  Ctrl-L', 'to the shell, fg comes back; draw again'],
  ['q  Ctrl-C', 'leave, with a summary'],
]

const keyWidth = 18

/** The keys and their effects, as far as they fit. */
export function helpRows({ columns, rows: height }: Size): string[] {
  const rows = keys.flatMap((key) => keyRows(key, columns))
  const back = chalk.dim('  Any key goes back to the lines.')
  const room = Math.max(0, height - 1)
  const hidden = rows.length - Math.max(0, room - 1)
  const shown =
    rows.length <= room
      ? [...rows, back]
      : [
          ...rows.slice(0, Math.max(0, room - 1)),
          chalk.dim(`  … ${count(hidden, 'more row')}: make the terminal higher`),
          back,
        ]
  const isRoomy = shown.length + 2 <= height
  return (isRoomy ? ['', ...shown.slice(0, -1), '', back] : shown)
    .map((row) => cliTruncate(row, columns))
    .slice(0, height)
}

function keyRows([name, effect]: readonly [string, string], columns: number): string[] {
  const [first = '', ...rest] = wrapped(effect, columns - keyWidth)
  return [
    `  ${chalk.cyan(name.padEnd(keyWidth - 2))}${first}`,
    ...rest.map((row) => `${' '.repeat(keyWidth)}${row}`),
  ]
}
