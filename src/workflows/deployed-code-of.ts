import { createHash } from 'node:crypto'
import { describeDeployed } from '../packaging/deployed-code.ts'
import type { FunctionPackage } from '../packaging/package-function.ts'
import type { PackageFile } from '../packaging/types.ts'
import type { FunctionState } from '../ports/functions.ts'
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
  { zip, files }: FunctionPackage,
  same?: string,
): CodeOf {
  const known = new Map<string, Promise<readonly PackageFile[]>>()
  for (const sha256 of [zipSha256(zip), ...(same === undefined ? [] : [same])]) {
    known.set(sha256, Promise.resolve(files))
  }
  const read = async (version: string) => {
    const code = await run.aws.functions.code(lambdaName, version)
    return describeDeployed(code, `${lambdaName}:${version}`)
  }
  return ({ codeSha256, version }) => {
    const found = known.get(codeSha256) ?? read(version)
    known.set(codeSha256, found)
    return found
  }
}

/** As Lambda shows it: base64. */
export function zipSha256(zip: Uint8Array): string {
  return createHash('sha256').update(zip).digest('base64')
}
