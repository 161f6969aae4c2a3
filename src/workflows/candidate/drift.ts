import type { FunctionState } from '../../ports/functions.ts'
import { codeChanges } from '../../release/changes/code-changes.ts'
import {
  type ConfigurationChange,
  functionChanges,
  sameSetting,
} from '../../release/changes/configuration-changes.ts'
import type { Drift } from '../../release/changes/function-diff.ts'
import type { LocalFunction } from '../code/local-function.ts'
import { settingsAfter } from '../settings/settings.ts'
import type { CodeOf, DeployedCode } from './deployed-code-of.ts'
import { keptFields } from './kept-fields.ts'
import { patchBetween } from './patches.ts'

/** The local function, and whether a deploy would update $LATEST with it. */
interface Here {
  local: LocalFunction
  deploys: boolean
  /** Whether to show the code's differences as text. */
  asText: boolean
}

/**
 * Compares $LATEST with the state that lambdactl left there; undefined if nothing differs.
 *
 * @param base the state that lambdactl last gave to $LATEST
 */
export async function driftOf(
  base: FunctionState,
  latest: FunctionState,
  { local, deploys, asText }: Here,
  code: DeployedCode,
): Promise<Drift | undefined> {
  const undone = functionChanges(latest.settings, settingsAfter(latest.settings, local.settings))
  const changes = functionChanges(base.settings, latest.settings)
  const isUndone = (change: ConfigurationChange) => undone.some((other) => sameSetting(change, other))
  const deployed = deploys ? local : undefined
  const isSame = base.codeSha256 === latest.codeSha256
  const files = isSame ? [] : await codeDrift(base, latest, deployed, code.codeOf)
  if (changes.length + files.length === 0) return undefined
  return {
    since: base.version,
    configuration: changes.map((change) => ({ ...change, overwritten: deploys && isUndone(change) })),
    code: files,
    ...(asText && { patch: await patchBetween(code, base, latest, files) }),
    keep: keptFields(latest.settings, latest.name, changes.filter(isUndone)),
  }
}

async function codeDrift(
  base: FunctionState,
  latest: FunctionState,
  deployed: LocalFunction | undefined,
  codeOf: CodeOf,
): Promise<Drift['code']> {
  const now = await codeOf(latest)
  const after = deployed?.code.leftUndone === undefined ? deployed?.code.files : undefined
  const undone = new Set(codeChanges(now, after ?? now).map(({ path }) => path))
  return codeChanges(await codeOf(base), now).map((change) => ({
    ...change,
    overwritten: undone.has(change.path),
  }))
}
