import { LambdactlError } from '../../errors/error.ts'

const made = 'If a command makes it, name the command: build: [npm, run, build].'

/** The error for a source that is missing or of the wrong kind. */
export function sourceInvalid(source: string, got: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `The source ${source} can't be packaged: expected a folder with files or a .zip, got ${got}.`,
    { next: [(config) => `Correct source: in ${config.name}.`, ...(got === 'nothing' ? [made] : [])] },
  )
}
