import { chalkStderr as colour } from 'chalk'
import { plainLine } from './plain.ts'

/** A warning for a person, on one line. */
export function warningText(text: string): string {
  return `${colour.yellow('warning:')} ${plainLine(text)}`
}
