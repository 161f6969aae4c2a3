import { chalkStderr as colour } from 'chalk'
import type { ErrorKind } from '../../errors/error.ts'
import { plain } from './plain.ts'
import { withTimes } from './time.ts'

/** The parts of an error that a person sees. */
interface ShownError {
  kind: ErrorKind
  message: string
  next: readonly string[]
}

/**
 * An error for a person: the event, then the next steps. An interrupt, which the person wanted, is not called an error.
 */
export function errorText({ kind, message, next }: ShownError): string {
  const label = kind === 'cancelled' ? '' : `${colour.red('Error:')} `
  return [
    `${label}${plain(withTimes(message))}`,
    ...next.map((step) => `  ${colour.cyan('→')} ${plain(step)}`),
  ].join('\n')
}
