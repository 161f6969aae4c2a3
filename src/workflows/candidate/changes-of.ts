import type { ResolvedFunction } from '../../config/types.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { codeChanges } from '../../release/changes/code-changes.ts'
import { functionChanges } from '../../release/changes/configuration-changes.ts'
import type { FunctionDiff } from '../../release/changes/function-diff.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { attachmentDifferences } from '../settings/apply-attachments.ts'
import { changedByHand } from '../settings/configured.ts'
import type { Difference } from '../settings/difference.ts'
import { settingsAfter } from '../settings/settings.ts'
import { deployedCode } from './deployed-code-of.ts'
import { driftOf } from './drift.ts'
import { lastBrought } from './last-brought.ts'
import { patchOf } from './patches.ts'
import { servesAlready } from './serves-already.ts'
import { knownServing } from './whose-function.ts'

/** A function on this machine and in AWS. */
export interface Sides {
  fn: ResolvedFunction
  local: LocalFunction
  /** $LATEST. */
  latest: FunctionState
  /** The version that the alias serves; undefined without an alias. */
  serving: FunctionState | undefined
  alias: AliasState | undefined
  /** Whether to show the code's differences as text too. */
  asText?: boolean
}

/** The changes that a release makes to an existing function. */
export type Changes = Omit<FunctionDiff, 'function' | 'lambdaName' | 'alias' | 'weight'>

/**
 * Returns the changes that a deploy would make to an existing function.
 *
 * @throws LambdactlError the errors of reading and downloading
 */
export async function changesOf(
  run: Run,
  target: Target,
  { fn, local, latest, serving, alias, asText = false }: Sides,
  past: () => Promise<Past>,
): Promise<Changes> {
  const attachments = await attachmentDifferences(run, target, fn, alias)
  const known = serving && (await knownServing(run, fn, serving))
  const [now = latest, served, base] = [latest, serving, known].map(
    (state) => state && asReadable(state, local.settings),
  )
  return {
    attachments: attachments.length > 0 ? markedByHand(attachments, await past(), target, fn) : [],
    ...(await versionedChanges(
      run,
      target,
      { fn, local, latest: now, serving: served, known: base, asText },
      past,
    )),
  }
}

function markedByHand(
  differences: readonly Difference[],
  past: Past,
  target: Target,
  fn: ResolvedFunction,
): FunctionDiff['attachments'] {
  const byHand = changedByHand(differences, past, target, fn)
  return differences.map((each) => {
    const { field, from, to } = each
    return { field, from, to, ...(byHand.includes(each) && { byHand: true }) }
  })
}

/** Variables that can't be decrypted count as unchanged, since nothing is known about them. */
export function asReadable(state: FunctionState, { environment }: FunctionSettings): FunctionState {
  if (state.hiddenVariables === undefined) return state
  return { ...state, settings: { ...state.settings, environment } }
}

/** The changes of the tool that makes a function are a part of the release, and no drift. */
function withTheirs(
  base: FunctionState,
  { settings, codeSha256 }: FunctionState,
  { manages, isCodeAsFound }: ResolvedFunction,
): FunctionState {
  if (manages === 'function') return base
  return { ...base, settings, ...(isCodeAsFound && { codeSha256 }) }
}

interface Readable {
  fn: ResolvedFunction
  local: LocalFunction
  latest: FunctionState
  serving: FunctionState | undefined
  /** The version that lambdactl knows to be served; undefined if there is none. */
  known: FunctionState | undefined
  asText: boolean
}

async function versionedChanges(
  run: Run,
  target: Target,
  { fn, local, latest, serving, known, asText }: Readable,
  past: () => Promise<Past>,
): Promise<Omit<Changes, 'attachments'>> {
  const ours = serving && parseOrigin(serving.settings.description)?.digest === local.digest
  const deployed = deployedCode(run, target, local.code, ours ? serving.codeSha256 : undefined)
  const { codeOf } = deployed
  const before = serving ?? latest
  const brought = known && (await lastBrought(run, target, { serving: known, latest, local }, past))
  const base = brought && withTheirs(brought, latest, fn)
  const after = settingsAfter(latest.settings, local.settings)
  // A change by hand is reported as drift.
  const { description } = (base ?? latest).settings
  const settings = functionChanges({ ...before.settings, description }, after)
  const { leftUndone } = local.code
  const deploys =
    !serving ||
    (leftUndone === undefined ? !(await servesAlready(run, serving, local, codeOf)) : settings.length > 0)
  const code = deploys && leftUndone === undefined ? codeChanges(await codeOf(before), local.code.files) : []
  return {
    state: serving ? 'served' : 'no-alias',
    against: before.version,
    deploys,
    codeUnknown: leftUndone,
    configuration: deploys ? settings : [],
    code,
    ...(asText && { patch: await patchOf(deployed, before, local, code) }),
    drift: base && (await driftOf(base, latest, { local, deploys, asText }, deployed)),
  }
}
