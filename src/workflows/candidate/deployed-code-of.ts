import { describeDeployed } from '../../packaging/adopted/deployed-code.ts'
import type { PackageFile } from '../../packaging/model/types.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { type CandidateCode, imageFile } from '../code/candidate-code.ts'
import type { Run, Target } from '../run/run.ts'

/** Reads the files of a version's code. @throws LambdactlError PACKAGE_INVALID, and the errors of the download */
export type CodeOf = (state: FunctionState) => Promise<readonly PackageFile[]>

/** The code of versions. Each is downloaded once, and not at all if it is known to equal the local code. */
export interface DeployedCode {
  codeOf: CodeOf
  /** The zip itself for a version without an image, and its name for a person. */
  zipOf(state: FunctionState): Promise<{ zip: Uint8Array; what: string }>
}

/**
 * Reads the code of versions.
 *
 * @param same the SHA-256 of a zip with the same files as the local code, which another machine may have packed
 */
export function deployedCode(
  run: Run,
  { lambdaName }: Target,
  { sha256: ours, files, package: built }: Pick<CandidateCode, 'sha256' | 'files' | 'package'>,
  same?: string,
): DeployedCode {
  const known = new Map<string, Promise<readonly PackageFile[]>>()
  const zips = new Map<string, Promise<Uint8Array>>()
  for (const sha256 of [ours, ...(same === undefined ? [] : [same])]) {
    known.set(sha256, Promise.resolve(files))
    if (built) zips.set(sha256, Promise.resolve(built.zip))
  }
  const zipOf = async ({ version, codeSha256 }: FunctionState) => {
    const found = zips.get(codeSha256) ?? run.aws.functions.code(lambdaName, version)
    zips.set(codeSha256, found)
    return { zip: await found, what: `${lambdaName}:${version}` }
  }
  const read = async (state: FunctionState) => {
    const { codeSha256, settings, image = '' } = state
    // One entry represents all files of an image.
    if (settings.image) return [imageFile(image, codeSha256)]
    const { zip, what } = await zipOf(state)
    return describeDeployed(zip, what)
  }
  return {
    zipOf,
    codeOf(state) {
      const found = known.get(state.codeSha256) ?? read(state)
      known.set(state.codeSha256, found)
      return found
    },
  }
}
