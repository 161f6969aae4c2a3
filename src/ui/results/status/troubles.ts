import chalk from 'chalk'
import type { Trouble } from '../../../operation/incident/trouble.ts'
import { plainLine } from '../../text/plain.ts'
import { withTimes } from '../../text/time.ts'

/** A trouble in a word or two. */
export const troubleWords: Readonly<Record<Trouble['kind'], string>> = {
  alarm: 'ALARM',
  stopped: 'stopped',
  failed: 'failed',
  errors: 'failing',
  throttles: 'throttled',
  unread: 'not read',
  waiting: 'waiting',
  moved: 'moved',
  'alarms-unknown': 'alarms unknown',
  'figures-unknown': 'no figures',
  'alarm-missing': 'alarm missing',
  paused: 'paused',
  'no-way-back': 'no way back',
  'no-alias': 'no alias',
  missing: 'not deployed',
}

/** The trouble's colour. */
export function troubleColour({ severity }: Pick<Trouble, 'severity'>): (text: string) => string {
  return severity === 'critical' ? chalk.red : chalk.yellow
}

/** `the alarm errors fires since 03:40:41+00:00, …`: one line. */
export function troubleSummary({ summary }: Trouble): string {
  return plainLine(withTimes(summary))
}

/** Troubles for a person, and below them the commands that look further or mend them, each once. */
export function troubleLines(troubles: readonly Trouble[]): string[] {
  return [
    ...troubles.map((trouble) => {
      const word = troubleColour(trouble)(troubleWords[trouble.kind])
      return `  ${word}  ${troubleSummary(trouble)}`
    }),
    ...nextLines(troubles),
  ]
}

/** The commands that look further or mend troubles, each once. */
export function nextLines(troubles: readonly Trouble[]): string[] {
  const next = new Set(troubles.flatMap((trouble) => trouble.next))
  return [...next].map((step) => `  ${chalk.cyan('→')} ${step}`)
}
