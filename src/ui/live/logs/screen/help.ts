import chalk from 'chalk'
import cliTruncate from 'cli-truncate'

const keys: readonly (readonly [keys: string, effect: string])[] = [
  ['space', 'pause, or follow the newest lines again (also G, End)'],
  ['↑ ↓  k j', 'choose a request; it pauses'],
  ['PgUp PgDn  g', 'half a screen of requests; to the first one'],
  ['e  E', 'next failed request; the one before'],
  ['enter', 'fold or open the request (also ← →)'],
  ['f', 'fold or open all requests'],
  ['x', 'whole stacks and long lines of the request'],
  ['/', 'filter: a text, or level>=warn and total>100; Enter keeps it, Escape drops it'],
  ['1 2 3 4 5 6', 'at least trace, debug, info, warn, error, fatal; 0 for all lines'],
  ['s  m', "only the request's function; leave the function out"],
  ['a', 'all lines again: no filter, level or choice of functions'],
  ['y', 'copy the request id'],
  ['c', 'clear'],
  ['q  Ctrl-C', 'leave, with a summary'],
]

const keyWidth = 14

/** The keys and their effects, one row each. */
export function helpRows(columns: number): string[] {
  const rows = keys.map(([name, effect]) => `  ${chalk.cyan(name.padEnd(keyWidth))}${effect}`)
  return ['', ...rows, '', chalk.dim('  Any key goes back to the lines.')].map((row) =>
    cliTruncate(row, columns),
  )
}
