import { patchFiles } from '../../packaging/patch/patch-files.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { FileChange, FilePatch } from '../../release/changes/code-changes.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { DeployedCode } from './deployed-code-of.ts'

/**
 * Shows a deploy's changes to the files of a version as text.
 *
 * @throws LambdactlError the errors of reading and downloading
 */
export async function patchOf(
  deployed: DeployedCode,
  before: FunctionState,
  { code }: LocalFunction,
  changes: readonly FileChange[],
): Promise<readonly FilePatch[]> {
  if (changes.length === 0 || !code.package || before.settings.image) return []
  const from = await deployed.zipOf(before)
  return patchFiles(from, { zip: code.package.zip, what: 'the package' }, pathsOf(changes))
}

/** Shows the changes between two states in AWS as text. */
export async function patchBetween(
  deployed: DeployedCode,
  before: FunctionState,
  after: FunctionState,
  changes: readonly FileChange[],
): Promise<readonly FilePatch[]> {
  if (changes.length === 0 || before.settings.image || after.settings.image) return []
  const [from, to] = await Promise.all([deployed.zipOf(before), deployed.zipOf(after)])
  return patchFiles(from, to, pathsOf(changes))
}

function pathsOf(changes: readonly FileChange[]): string[] {
  return changes.map(({ path }) => path)
}
