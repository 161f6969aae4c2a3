import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import { describeDeployed } from '../../packaging/adopted/deployed-code.ts'
import { makePackage } from '../../packaging/make-package.ts'
import { packageDigest } from '../../packaging/model/digest.ts'
import type { FunctionPackage, PackageFile } from '../../packaging/model/types.ts'
import { leftUndone } from '../../packaging/python/left-undone.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { AsFound } from '../release-only/as-found.ts'
import type { Run, Target } from '../run/run.ts'
import { identityOf, settingsOf } from '../settings/settings.ts'
import { type CodeToUpload, codeToUpload } from './code-to-upload.ts'
import { packagingTools } from './packaging-tools.ts'

/** The code for a new version. */
export interface CandidateCode extends CodeToUpload {
  /** The URI of an image. */
  image?: string
  /** The files for the content's digest. */
  files: readonly PackageFile[]
  /** The part that was not made, in words: the code is then unknown. Undefined if everything was made. */
  leftUndone?: string | undefined
  /** Undefined for an image, which another tool built. */
  package: FunctionPackage | undefined
}

/** A function on this machine. */
export interface LocalFunction {
  code: CandidateCode
  settings: FunctionSettings
  /** The digest of content and configuration, hex. */
  digest: string
}

/**
 * Makes a function's package, or takes its image, or the code of $LATEST if it has no source. Changes nothing in AWS.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function localFunction(run: Run, target: Target, found: AsFound): Promise<LocalFunction> {
  const { fn, latest } = found
  const code =
    fn.isCodeAsFound && latest ? await codeAsFound(run, latest) : await candidateCode(run, target, fn)
  const settings = settingsOf(fn)
  return { code, settings, digest: packageDigest(code.files, identityOf(settings)) }
}

async function candidateCode(run: Run, target: Target, fn: ResolvedFunction): Promise<CandidateCode> {
  if (fn.image) return imageCode(fn.image.uri)
  const undone = fn.runsNothing ? await leftUndone(fn) : undefined
  if (undone !== undefined) return unknownCode(undone)
  const built = await makePackage(fn, packagingTools(run, target.function))
  return { ...codeToUpload(run, target, built, fn.artifacts), files: built.files, package: built }
}

/** The code that another tool gave $LATEST. */
async function codeAsFound(run: Run, { name, codeSha256, image }: FunctionState): Promise<CandidateCode> {
  const files =
    image === undefined
      ? await describeDeployed(await run.aws.functions.code(name, '$LATEST'), name)
      : [imageFile(image, codeSha256)]
  const upload = () => {
    const what = `The code of ${name} was changed, or could not be updated, while it was being released.`
    return Promise.reject(new LambdactlError('CONFLICT', what, { next: [runAgain] }))
  }
  return { sha256: codeSha256, ...(image !== undefined && { image }), upload, files, package: undefined }
}

const runAgain = 'Run the command again: it starts from the present state.'

/** Its content is unknown before it is made. */
function unknownCode(undone: string): CandidateCode {
  const upload = () =>
    Promise.reject(new LambdactlError('BUG', `lambdactl was about to upload a package, but ${undone}.`))
  return { leftUndone: undone, sha256: '', upload, files: [], package: undefined }
}

/** Returns the file entry that represents an image. */
export function imageFile(uri: string, sha256: string): PackageFile {
  return { path: uri, size: 0, mode: 0o644, sha256 }
}

/** One entry represents all files of the image. */
function imageCode(uri: string): CandidateCode {
  const sha256 = uri.slice(uri.lastIndexOf(':') + 1)
  return {
    image: uri,
    sha256,
    upload: () => Promise.resolve({ image: uri }),
    files: [imageFile(uri, sha256)],
    package: undefined,
  }
}
