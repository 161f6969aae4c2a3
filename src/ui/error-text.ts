import { chalkStderr as colour } from 'chalk'
import { plain } from './plain.ts'

/** An error for a person: what happened, then what to do next. */
export function errorText(message: string, next: readonly string[]): string {
  return [
    `${colour.red('Error:')} ${plain(message)}`,
    ...next.map((step) => `  ${colour.cyan('→')} ${plain(step)}`),
  ].join('\n')
}
