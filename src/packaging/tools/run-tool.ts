import { LambdactlError } from '../../errors/error.ts'
import type { NextStep } from '../../errors/next-step.ts'
import type { Command, CommandResult } from '../../ports/commands.ts'
import type { BuildCommand, Tools } from '../model/types.ts'

/** How many lines of a failed program's output an error shows. */
const shownLines = 30

/**
 * Runs a program that makes a part of a package. Its output is shown only if it fails.
 *
 * @param what names the program, as in `build: of functions/checkout`
 * @returns the end of its output
 * @throws LambdactlError PACKAGE_INVALID with the end of its output
 */
export async function runTool(
  { runCommand, signal }: Pick<Tools, 'runCommand' | 'signal'>,
  what: string,
  command: BuildCommand & Partial<Pick<Command, 'environment'>>,
  next: readonly NextStep[],
): Promise<string> {
  const result = await runCommand({ environment: {}, ...command, signal })
  const { ending, output } = result
  if (ending.how === 'exited' && ending.code === 0) return output
  if (ending.how === 'stopped') throw new LambdactlError('INTERRUPTED', `${what} was stopped.`)
  throw new LambdactlError(
    'PACKAGE_INVALID',
    [`${what} ${endingWords(result, command.timeoutMs)}.`, ...lastLines(output, shownLines)].join('\n'),
    { next: [...next] },
  )
}

/** `exited with 2`: the way in which a program ended. */
export function endingWords({ ending }: CommandResult, timeoutMs: number): string {
  switch (ending.how) {
    case 'exited':
      return `exited with ${ending.code}`
    case 'killed':
      return `was ended by ${ending.signal}`
    case 'timed-out':
      return `was not done within ${timeoutMs / 1000} s`
    case 'stopped':
      return 'was stopped'
    case 'not-started':
      return `could not be started (${ending.reason})`
  }
}

/** The last lines that are not empty. */
export function lastLines(output: string, most: number): string[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-most)
}
