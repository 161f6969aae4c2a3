import chalk from 'chalk'
import { plainLine } from '../text/plain.ts'

/** The answer of a function to an event. */
interface Answered {
  function: string
  version?: string
  error?: string
  answer: string
  durationMs: number
}

/** The answer of a function to an event that was made for it, for a person. */
export function eventText({ function: name, version, error, answer, durationMs }: Answered): string {
  const who = version === undefined ? 'nothing ran' : `version ${version}`
  const result = error === undefined ? chalk.green('answered') : chalk.red(plainLine(error))
  return [
    `${chalk.bold(plainLine(name))}: ${who}, ${result} in ${durationMs} ms`,
    ...(answer === '' ? [] : [`  ${plainLine(answer)}`]),
  ].join('\n')
}
