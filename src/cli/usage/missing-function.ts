import { CLIError } from '@oclif/core/errors'
import { loadConfig } from '../../config/load.ts'
import { LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'
import { chosenConfig } from '../choose/config-file.ts'
import { noFunctions } from '../choose/functions.ts'

/** Tells whether it is oclif's error for a missing function argument. */
export function lacksFunction(thrown: Error): boolean {
  if (!(thrown instanceof CLIError && 'args' in thrown && Array.isArray(thrown.args))) return false
  const [first] = thrown.args as { name?: string }[]
  return first?.name === 'function'
}

/**
 * The error with the names of the existing functions; unchanged if no file names them.
 *
 * @param command its id, as in `canary:status`
 */
export async function whichFunction(thrown: Error, command: string, argv: readonly string[]): Promise<Error> {
  try {
    const { path } = await chosenConfig(configIn(argv))
    const config = await loadConfig(path)
    const names = Object.keys(config.functions)
    const [first] = names
    if (first === undefined) return noFunctions(config)
    const line = ['lambdactl', ...command.split(':'), first, ...argv].map(shellWord).join(' ')
    const message = `Expected a function, got none; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`
    return new LambdactlError('USAGE', message, { next: [`Name one before the flags: ${line}`] })
  } catch {
    return thrown
  }
}

/** The value of `--config` in words that could not be parsed. */
function configIn(argv: readonly string[]): string | undefined {
  const together = argv.find((word) => word.startsWith('--config='))
  if (together !== undefined) return together.slice('--config='.length)
  return argv.includes('--config') ? argv[argv.indexOf('--config') + 1] : undefined
}
