import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionAttachments } from '../../function/attachments/attachments.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { isSameAlias } from '../../release/values/same-alias.ts'
import type { Run, Target } from '../run/run.ts'
import { applyDueTriggers, applyTriggers } from '../sources/apply.ts'
import { differingTriggers } from '../sources/differences.ts'
import { aliasDifferences, concurrencyDifference, functionDifferences } from './attachments.ts'
import { codeSigningDifference, runtimeDifference } from './controls.ts'
import type { Difference } from './difference.ts'

/**
 * Finds the attachments that differ from the file, with the runtime updates of the version that the alias serves, and
 * the triggers of the alias.
 *
 * @param alias undefined before the first release: then nothing of the alias can differ
 */
export async function attachmentDifferences(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  alias: AliasState | undefined,
): Promise<Difference[]> {
  const differences = await attachedDifferences(run, target, fn, alias)
  if (!alias) return differences
  const wanted = fn.attachments?.runtimeUpdates
  const triggers = await differingTriggers(run, target, fn, { isAliasThere: true })
  return [
    ...differences,
    ...(await runtimeDifference(run, target, wanted, alias.version)),
    ...triggers.differences.map((trigger) => ({ ...trigger, trigger })),
  ]
}

/** The same without runtime updates: the version that the release replaces keeps its own. */
async function attachedDifferences(
  run: Run,
  target: Target,
  { attachments }: ResolvedFunction,
  alias: AliasState | undefined,
): Promise<Difference[]> {
  const ofFunction = await functionDifferences(run, target, attachments)
  return alias ? [...ofFunction, ...(await aliasDifferences(run, target, attachments))] : ofFunction
}

/** Sets the attachments as the file has them, and tells each. A rollback does not undo them. */
export async function apply(run: Run, target: Target, differences: readonly Difference[]): Promise<void> {
  for (const difference of differences.filter(({ trigger }) => !trigger)) {
    await difference.apply()
    tell(run, target, difference, 'applied')
  }
  await applyTriggers(
    run,
    target,
    differences.flatMap(({ trigger = [] }) => trigger),
  )
}

/** Tells the attachments that a release would set, for a dry run. */
export function tellPlanned(run: Run, target: Target, differences: readonly Difference[]): void {
  for (const difference of differences) tell(run, target, difference, 'planned')
}

/**
 * Sets the attachments that differ, and the triggers that are to be there before, before traffic moves.
 *
 * @param found the alias; undefined before the first release
 * @returns the alias afterwards: a permission for its URL gives it another revision
 * @throws LambdactlError CONFLICT when the alias was moved meanwhile
 */
export async function applyBeforeShift(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  found: AliasState | undefined,
): Promise<AliasState | undefined> {
  const differences = await attachedDifferences(run, target, fn, found)
  await apply(run, target, differences)
  const isOfAlias = differences.some(({ field }) => field === 'async' || field === 'url')
  const hasTriggers = found !== undefined && (await applyDueTriggers(run, target, fn, 'before'))
  return found && (isOfAlias || hasTriggers) ? sameAlias(run, target, found) : found
}

/** Sets a larger reservation, which the candidate needs before it is provisioned. */
export async function raiseReservation(
  run: Run,
  target: Target,
  { attachments }: ResolvedFunction,
): Promise<void> {
  const differences = await concurrencyDifference(run, target, attachments?.reservedConcurrency)
  await apply(
    run,
    target,
    differences.filter(({ raises }) => raises),
  )
}

/** Sets the code signing, which holds for code that is uploaded afterwards. */
export async function applyBeforeUpload(
  run: Run,
  target: Target,
  wanted: FunctionAttachments = {},
): Promise<void> {
  await apply(run, target, await codeSigningDifference(run, target, wanted.codeSigning))
}

/**
 * Sets the runtime updates of a version as the file has them.
 *
 * @returns whether they differed; if so, Lambda may change the version for a while
 */
export async function applyRuntimeUpdates(
  run: Run,
  target: Target,
  wanted: FunctionAttachments = {},
  version: string,
): Promise<boolean> {
  const differences = await runtimeDifference(run, target, wanted.runtimeUpdates, version)
  await apply(run, target, differences)
  return differences.length > 0
}

/** Sets the attachments of an alias that the first release has just made. */
export async function applyToNewAlias(run: Run, target: Target, fn: ResolvedFunction): Promise<void> {
  await apply(run, target, await aliasDifferences(run, target, fn.attachments))
}

function tell(run: Run, target: Target, { field, from, to }: Difference, state: 'planned' | 'applied'): void {
  run.emit({ function: target.function, event: 'setting', state, field, from, to })
}

/** The alias with its new revision, which fences the next update; nothing else of the alias may have changed. */
async function sameAlias(run: Run, target: Target, found: AliasState): Promise<AliasState> {
  const now = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (now && isSameAlias(found, now)) return now
  throw new LambdactlError(
    'CONFLICT',
    `Alias ${target.alias} of ${target.lambdaName} was moved by something else while its settings were applied.`,
  )
}
