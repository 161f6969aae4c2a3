import { LambdactlError } from '../../errors/error.ts'

/** The error for downloaded code that can't be read. */
export function deployedInvalid(what: string, why: string, cause?: unknown): LambdactlError {
  return new LambdactlError('PACKAGE_INVALID', `The code of ${what} can't be read: ${why}.`, {
    next: ["Publish a version whose package has only plain files, or start from the function's own source."],
    cause,
  })
}
