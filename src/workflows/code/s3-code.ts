import type { ResolvedFunction } from '../../config/types.ts'
import { packageZip } from '../../packaging/package-function.ts'
import type { Run, Target } from '../run/run.ts'
import type { CandidateCode } from './candidate-code.ts'
import { sha256Of } from './code-to-upload.ts'

type S3Source = NonNullable<ResolvedFunction['s3']>

/**
 * Reads the zip of a function from S3. Lambda gets its place there, so it is uploaded from no machine.
 *
 * @throws LambdactlError NOT_FOUND, PACKAGE_INVALID, and the errors of reading
 */
export async function s3Code(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  source: S3Source,
): Promise<CandidateCode> {
  const { object, content } = await run.aws.artifacts.read(source)
  const name = `s3://${object.bucket}/${object.key}`
  const version = object.version === undefined ? '' : `, version ${object.version}`
  run.emit({ function: target.function, event: 'noted', text: `the code is ${name}${version}` })
  const built = await packageZip(fn, content, name)
  // Another object that gets this name meanwhile has another SHA-256, and is not published.
  const upload = async () => ({ s3: object })
  return { sha256: sha256Of(content), upload, files: built.files, package: built, commit: undefined }
}
