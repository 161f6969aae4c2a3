import { LambdactlError } from './error.ts'

/**
 * The error if no temporary folder can be made.
 *
 * @param folder in which it was to be made
 */
export function noTemporaryFolder(folder: string, cause: unknown): LambdactlError {
  const { code } = cause as { code?: unknown }
  return new LambdactlError(
    'USAGE',
    `lambdactl could not make a temporary folder in ${folder} (${String(code)}).`,
    {
      next: ['Set TMPDIR to a folder that you may write to, on a disk with space.'],
      cause,
    },
  )
}
