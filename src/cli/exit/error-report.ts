import { stripVTControlCharacters } from 'node:util'
import { CLIError } from '@oclif/core/errors'
import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError, type ErrorKind, type Failure, LambdactlError } from '../../errors/error.ts'
import { type NamedConfig, type NextStep, stepsFor } from '../../errors/next-step.ts'
import { withoutCommands } from '../output/github-actions.ts'
import { nextAfterUnknownFlag } from '../usage/unknown-flag.ts'
import { exitCodeOf } from './exit-codes.ts'

/** An error in `--json`. */
export interface ErrorReport {
  code: ErrorCode
  kind: ErrorKind
  message: string
  next: readonly string[]
  exitCode: number
  /** The function's name in `lambdactl.yaml`; absent for an error of none or of several functions. */
  function?: string
  /** The error of each function, if several failed. */
  failures?: readonly FailureReport[]
}

interface FailureReport {
  function: string
  code: string
  message: string
  next: readonly string[]
}

/** Next steps for errors without one, by their code. */
export type NextByCode = Partial<Record<ErrorCode, NextStep>>

/** The next steps of all commands. */
export const nextByCode: NextByCode = {
  USAGE: 'See the flags and arguments of the command with --help.',
  CONFIG_INVALID: (config) => `Correct it in ${config.name}, then run the command again.`,
  PACKAGE_INVALID: "Correct the function's source, then run the command again.",
  NOT_FOUND: 'Check the name, the environment and the Region.',
  CONFLICT: (config) => `See its state with \`${config.status}\`, then run the command again.`,
  INTERRUPTED: 'Run the command again when you want to.',
  BUG: 'This is a bug of lambdactl: run it again with --verbose, and report its output.',
}
const otherwise = 'Correct the problem that the message names, then run the command again.'

/**
 * The error to show for anything that was thrown: a flag that can't be parsed is a usage error, and there is always a
 * next step.
 *
 * @param ofCommand the command's own next steps for errors without one
 */
export function toShownError(thrown: unknown, ofCommand: NextByCode = {}): LambdactlError {
  const error = thrown instanceof CLIError ? usageError(thrown) : asLambdactlError(thrown)
  const next =
    error.next.length > 0 ? error.next : [ofCommand[error.code] ?? nextByCode[error.code] ?? otherwise]
  const { code, cause, failures } = error
  return new LambdactlError(code, asThrown(error.message), { next, cause, failures })
}

export function errorReport(
  { code, kind, message, next, failures }: LambdactlError,
  config: NamedConfig,
): ErrorReport {
  return {
    code,
    kind,
    message,
    next: stepsFor(config, next),
    exitCode: exitCodeOf(code),
    ...whose(failures, config),
  }
}

function whose(
  failures: readonly Failure[],
  config: NamedConfig,
): Pick<ErrorReport, 'function' | 'failures'> {
  const [first, ...others] = failures
  if (!first) return {}
  if (others.length === 0) return { function: first.function }
  return {
    failures: failures.map(({ function: name, error: { code, message, next } }) => ({
      function: name,
      code,
      message,
      next: stepsFor(config, next),
    })),
  }
}

/** Returns the error to throw after one has been shown: oclif then prints nothing more and exits with its code. */
export function alreadyShown({ code, message }: LambdactlError): CLIError {
  // With DEBUG set, oclif prints the message.
  const quiet = new CLIError(withoutCommands(message), { exit: exitCodeOf(code) })
  quiet.skipOclifErrorHandling = true
  return quiet
}

/** Removes oclif's additions to the errors of flags and arguments: their names, and advice on its help. */
function asThrown(message: string): string {
  const [, lead = '', ours = ''] = /^(Parsing (?:.*)\n\t)?([^]*)$/.exec(message) ?? []
  const sentence = ours.replace(/\nSee more help with --help$/, '')
  const [flag] = /--[\w-]+/.exec(lead) ?? []
  return flag === undefined || sentence.includes(flag) ? sentence : `${flag}: ${sentence}`
}

/** oclif's own errors have several lines about its grammar; lambdactl's are one sentence. */
function usageError(cause: CLIError): LambdactlError {
  const sentence = stripVTControlCharacters(cause.message)
    .replace(/\nSee more help with --help$/, '')
    .replace(/^Parsing (\S+)\s*\n\t/, '$1: ')
    .replace(/\n\nNote: [^]*$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^Nonexistent flags?: (.*)/, 'There is no flag $1')
    // The value is a parsed flag: "[object Object]".
    .replace(/(--[\w-]+)=.*? (cannot also be provided)/g, '$1 $2')
    .replace(/:\s*\n\s*/g, ': ')
    .replace(/\s*\n\s*/g, '; ')
    .replace(/\s+/g, ' ')
  const message = sentence.endsWith('.') ? sentence : `${sentence}.`
  return new LambdactlError('USAGE', message, { next: nextAfterUnknownFlag(cause), cause })
}
