import { LambdactlError } from '../../errors/error.ts'

/** The error for a source with something that can't be packaged; `what` names it. */
export function refused(what: string, cause?: unknown): LambdactlError {
  return new LambdactlError('PACKAGE_INVALID', `The source can't be packaged: ${what}.`, {
    next: ['Remove it, or exclude it with a line in .lambdactlignore.'],
    cause,
  })
}

/** Runs a file operation; the error of a failure names the path. */
export function naming<T>(path: string, operation: () => T): T {
  try {
    return operation()
  } catch (cause) {
    if (cause instanceof LambdactlError) throw cause
    throw refused(`${path} can't be read: ${(cause as Error).message}`, cause)
  }
}
