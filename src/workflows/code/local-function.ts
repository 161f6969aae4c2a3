import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import { describeDeployed } from '../../packaging/adopted/deployed-code.ts'
import { makePackage } from '../../packaging/make-package.ts'
import { packageDigest } from '../../packaging/model/digest.ts'
import { packageZip } from '../../packaging/package-function.ts'
import { leftUndone } from '../../packaging/python/left-undone.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { AsFound } from '../release-only/as-found.ts'
import type { Promotion } from '../run/release-options.ts'
import type { Run, Target } from '../run/run.ts'
import { identityOf, settingsOf } from '../settings/settings.ts'
import { type CandidateCode, imageCode, imageFile } from './candidate-code.ts'
import { codeToUpload, sha256Of } from './code-to-upload.ts'
import { packagingTools } from './packaging-tools.ts'
import { promotedCode } from './promoted-code.ts'
import { s3Code } from './s3-code.ts'

/** A function on this machine. */
export interface LocalFunction {
  code: CandidateCode
  settings: FunctionSettings
  /** The digest of content and configuration, hex. */
  digest: string
}

/**
 * Makes a function's package, or takes its image, its zip in S3, the code of $LATEST if it has no source, or a version
 * of another environment. Changes nothing in AWS.
 *
 * @param promotion absent: the code is the function's own
 * @throws LambdactlError PACKAGE_INVALID, and the errors of `s3Code` and `promotedCode`
 */
export async function localFunction(
  run: Run,
  target: Target,
  found: AsFound,
  promotion?: Promotion,
): Promise<LocalFunction> {
  const { fn } = found
  const code = await (promotion
    ? promotedCode(run, target, fn, promotion)
    : candidateCode(run, target, found))
  const settings = settingsOf(fn)
  // A version has its origin as Description: a new text of the function's own tool alone has nothing to publish.
  const published = fn.manages === 'code' ? { ...settings, description: '' } : settings
  return { code, settings, digest: packageDigest(code.files, identityOf(published)) }
}

async function candidateCode(run: Run, target: Target, { fn, latest }: AsFound): Promise<CandidateCode> {
  if (fn.isCodeAsFound && latest) return codeAsFound(run, target, fn, latest)
  if (fn.image) return imageCode(fn.image.uri)
  if (fn.s3) return s3Code(run, target, fn, fn.s3)
  const undone = fn.runsNothing ? await leftUndone(fn) : undefined
  if (undone !== undefined) return unknownCode(undone)
  const built = await makePackage(fn, packagingTools(run, target.function))
  return { ...codeToUpload(run, target, built, fn.artifacts), files: built.files, package: built }
}

/** The code that another tool gave $LATEST. */
async function codeAsFound(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  { name, codeSha256, image }: FunctionState,
): Promise<CandidateCode> {
  const upload = () => Promise.reject(changedMeanwhile(name))
  // The commit of this folder has nothing to do with that code.
  const asFound = { sha256: codeSha256, upload, commit: undefined }
  if (image !== undefined) {
    return { ...asFound, image, files: [imageFile(image, codeSha256)], package: undefined }
  }
  const zip = Buffer.from(await run.aws.functions.code(name, '$LATEST'))
  if (sha256Of(zip) !== codeSha256) throw changedMeanwhile(name)
  run.emit({ function: target.function, event: 'noted', text: 'the code is that of $LATEST' })
  const files = await describeDeployed(zip, name)
  // Nothing has proven that it starts: its tool may have uploaded anything.
  return { ...asFound, files, package: await packageZip(fn, zip, name) }
}

function changedMeanwhile(name: string): LambdactlError {
  const what = `The code of ${name} was changed, or could not be updated, while it was being released.`
  return new LambdactlError('CONFLICT', what, { next: [runAgain] })
}

const runAgain = 'Run the command again: it starts from the present state.'

/** Its content is unknown before it is made. */
function unknownCode(undone: string): CandidateCode {
  const upload = () =>
    Promise.reject(new LambdactlError('BUG', `lambdactl was about to upload a package, but ${undone}.`))
  return { leftUndone: undone, sha256: '', upload, files: [], package: undefined }
}
