import { describeDeployed } from '../packaging/deployed-code.ts'
import type { PackageFile } from '../packaging/types.ts'
import type { FunctionState } from '../ports/functions.ts'
import { type CandidateCode, imageFile } from './candidate-code.ts'
import type { Run, Target } from './run.ts'

/** The files of a version's code. @throws LambdactlError PACKAGE_INVALID, and what downloading it throws */
export type CodeOf = (state: FunctionState) => Promise<readonly PackageFile[]>

/**
 * Reads the code of versions; each is downloaded once, and none that is known to be what lies here.
 *
 * @param same the SHA-256 of a zip that has the files of what lies here, as another machine may have packed it
 */
export function codeReader(
  run: Run,
  { lambdaName }: Target,
  { sha256: ours, files }: Pick<CandidateCode, 'sha256' | 'files'>,
  same?: string,
): CodeOf {
  const known = new Map<string, Promise<readonly PackageFile[]>>()
  for (const sha256 of [ours, ...(same === undefined ? [] : [same])]) {
    known.set(sha256, Promise.resolve(files))
  }
  const read = async ({ version, codeSha256, settings, image = '' }: FunctionState) => {
    // An image stands for the files in it.
    if (settings.image) return [imageFile(image, codeSha256)]
    const code = await run.aws.functions.code(lambdaName, version)
    return describeDeployed(code, `${lambdaName}:${version}`)
  }
  return (state) => {
    const found = known.get(state.codeSha256) ?? read(state)
    known.set(state.codeSha256, found)
    return found
  }
}
