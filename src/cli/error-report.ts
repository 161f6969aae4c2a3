import { CLIError } from '@oclif/core/errors'
import { asLambdactlError, LambdactlError } from '../errors/error.ts'
import { exitCodeOf } from './exit-codes.ts'

/** An error as `--json` shows it. */
export interface ErrorReport {
  code: string
  kind: string
  message: string
  next: readonly string[]
  exitCode: number
}

/** The error that a person is shown for whatever was thrown: a flag that can't be parsed is a usage error. */
export function toShownError(error: unknown): LambdactlError {
  if (!(error instanceof CLIError)) return asLambdactlError(error)
  const message = error.message.replace('\nSee more help with --help', '').replaceAll('\n', ' ')
  return new LambdactlError('USAGE', message, {
    next: ['See --help for what the command takes.'],
    cause: error,
  })
}

export function errorReport({ code, kind, message, next }: LambdactlError): ErrorReport {
  return { code, kind, message, next, exitCode: exitCodeOf(code) }
}
