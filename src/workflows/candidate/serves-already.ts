import { codeDigest } from '../../packaging/model/digest.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { configurationChanges } from '../../release/changes/configuration-changes.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { Run } from '../run/run.ts'
import { hasLayersToRemove, settingsAfter } from '../settings/settings.ts'
import type { CodeOf } from './deployed-code-of.ts'

/**
 * Tells whether a version has this content and configuration. If lambdactl published it, its Description tells. If
 * something else did, settings and code are compared, and the code is downloaded only if everything else is equal.
 * $LATEST never counts: nobody can go back to it, and it changes under the alias.
 *
 * @throws LambdactlError if that can't be read
 */
export async function servesAlready(
  run: Run,
  serving: FunctionState,
  local: LocalFunction,
  codeOf: CodeOf,
): Promise<boolean> {
  if (serving.version === '$LATEST') return false
  const { name, settings } = serving
  const origin = parseOrigin(settings.description)
  if (origin) return origin.digest === local.digest && !hasLayersToRemove(settings, local.settings)
  if (configurationChanges(settings, settingsAfter(settings, local.settings)).length > 0) return false
  // A version may have its own Description.
  const { description } = local.settings
  if (description !== settings.description) {
    const latest = await run.aws.functions.get(name)
    if (latest?.settings.description !== description) return false
  }
  return codeDigest(await codeOf(serving)) === codeDigest(local.code.files)
}
