import chalk from 'chalk'
import { plainLine } from '../text/plain.ts'

/** The answer of a function to an event. */
interface Answered {
  function: string
  through?: string
  version?: string
  error?: string
  answer: string
  durationMs: number
}

/** The answer of a function to an event that was made for it, for a person. */
export function eventText({ function: name, through, version, error, answer, durationMs }: Answered): string {
  if (through !== undefined) {
    return [
      `${chalk.bold(plainLine(name))}: ${plainLine(through)} took it in ${durationMs} ms`,
      '  The function gets it from there: see its logs.',
    ].join('\n')
  }
  const who = version === undefined ? 'nothing ran' : `version ${version}`
  const result = error === undefined ? chalk.green('answered') : chalk.red(plainLine(error))
  return [
    `${chalk.bold(plainLine(name))}: ${who}, ${result} in ${durationMs} ms`,
    ...(answer === '' ? [] : [`  ${plainLine(answer)}`]),
  ].join('\n')
}
