import { LambdactlError } from '../../errors/error.ts'
import type { Code, FunctionState } from '../../ports/functions.ts'
import { functionChanges } from '../../release/changes/configuration-changes.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { runs } from '../candidate/runs.ts'
import { create, needsCode, updateCode, updateSettings } from '../candidate/settled-updates.ts'
import { undone } from '../preflight/overwritten.ts'
import { begin, type Run, type Target } from '../run/run.ts'
import { waitUntilReady, waitUntilSettled } from '../run/wait-until.ts'
import { applyBeforeUpload, applyRuntimeUpdates } from '../settings/apply-attachments.ts'
import { settingsAfter, settingsChanges } from '../settings/settings.ts'

/**
 * Brings $LATEST to the compared package, and creates the function if it does not exist: the code, then the settings.
 * Each update is fenced by the revision that was read before it, and waited for.
 *
 * @returns $LATEST as it is then
 * @throws LambdactlError CONFLICT when somebody else updates the function, UPDATE_FAILED
 */
export async function bringLatest(run: Run, compared: Changed): Promise<FunctionState> {
  const { target, local, fn } = compared
  if (fn.manages === 'code' && compared.change === 'create') throw overwritten(target)
  const found = compared.change === 'create' ? await created(run, compared) : await settled(run, compared)
  // Architecture and key go with the code: sent as they were read before the build, they would undo its tool's change.
  if (fn.manages === 'code' && isOtherwise(found, local)) throw overwritten(target)
  const state = await withSettings(run, compared, await withCode(run, compared, found))
  if (!runs(state, local.code)) throw overwritten(target)
  const isBusy = await applyRuntimeUpdates(run, target, fn.attachments, '$LATEST')
  return isBusy ? ready(run, target) : state
}

/** Tells whether a release would change settings of $LATEST. */
function isOtherwise({ settings }: FunctionState, local: Changed['local']): boolean {
  return functionChanges(settings, settingsAfter(settings, local.settings)).length > 0
}

async function created(run: Run, compared: Changed): Promise<FunctionState> {
  const { target, local, fn } = compared
  const codeSigning = fn.attachments?.codeSigning
  await create(run, target, local, { uploaded: await upload(run, compared), codeSigning })
  run.emit({ function: target.function, event: 'created' })
  return ready(run, target)
}

/** An update that failed is good enough here: the next one may cure it. */
async function settled(run: Run, { target, fn }: Changed): Promise<FunctionState> {
  await applyBeforeUpload(run, target, fn.attachments)
  begin(run, target, 'updating')
  return waitUntilSettled(run.aws.functions, run.clock, target.lambdaName)
}

async function withCode(run: Run, compared: Changed, state: FunctionState): Promise<FunctionState> {
  const { target, local } = compared
  if (!needsCode(state, local)) return state
  await updateCode(run, state, local, await upload(run, compared))
  run.emit({ function: target.function, event: 'code-updated' })
  return ready(run, target)
}

async function withSettings(
  run: Run,
  { target, fn, local, latest }: Changed,
  found: FunctionState,
): Promise<FunctionState> {
  const { settings } = local
  const changed = settingsChanges(found.settings, settings)
  // Its own tool sets them; a half of that tool's update must not be published.
  if (changed && fn.manages === 'code') throw overwritten(target)
  // Changes by hand after preflight were not reported to anybody.
  if (latest && undone(latest.settings, found.settings, settings).length > 0) throw overwritten(target)
  if (!changed) return found
  const changedAt = await updateSettings(run, found, local, changed)
  run.emit({ function: target.function, event: 'configuration-updated' })
  const state = await ready(run, target)
  const isOthers = state.lastModified !== changedAt && settingsChanges(state.settings, settings)
  if (isOthers) throw overwritten(target)
  return state
}

function upload(run: Run, { target, local: { code } }: Changed): Promise<Code> {
  if (!code.image) begin(run, target, 'uploading')
  return code.upload()
}

function ready(run: Run, target: Target): Promise<FunctionState> {
  begin(run, target, 'updating')
  return waitUntilReady(run.aws.functions, run.clock, target.lambdaName)
}

/** Another release's code or configuration is never published as this release's. */
function overwritten({ lambdaName }: Target): LambdactlError {
  const what = `The function ${lambdaName} was changed while it was being updated.`
  return new LambdactlError('CONFLICT', what, {
    next: ['Run the command again: it starts from the present state.'],
  })
}
