import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { Code, FunctionState, PublishedVersion } from '../../ports/functions.ts'
import type { LocalFunction } from '../code/local-function.ts'
import type { Run, Target } from '../run/run.ts'
import { settle } from '../run/settle.ts'
import { waitUntilSettled } from '../run/wait-until.ts'
import { settingsChanges } from '../settings/settings.ts'
import { runs } from './runs.ts'

/** The intended code and settings of $LATEST. */
type Wanted = Pick<LocalFunction, 'code' | 'settings'>

/** Creates a function, or finds that a try without an answer made it. */
export async function create(
  run: Run,
  { lambdaName }: Target,
  wanted: Wanted,
  { uploaded, codeSigning }: { uploaded: Code; codeSigning: string | undefined },
): Promise<void> {
  await settle<unknown>(
    () => run.aws.functions.create(lambdaName, wanted.settings, uploaded, codeSigning),
    () => isAsWanted(run, lambdaName, wanted),
  )
}

/** Updates the code of $LATEST, guarded by the state that was read. */
export async function updateCode(
  run: Run,
  { name, settings, revisionId }: FunctionState,
  wanted: Wanted,
  uploaded: Code,
): Promise<void> {
  const { architecture, sourceKmsKey = settings.sourceKmsKey ?? '' } = wanted.settings
  await settle<unknown>(
    () => run.aws.functions.updateCode(name, { architecture, sourceKmsKey }, uploaded, revisionId),
    () => hasCode(run, name, wanted),
  )
}

/**
 * Updates the settings of $LATEST, guarded by the state that was read.
 *
 * @returns the time of the update, in Lambda's form
 */
export async function updateSettings(
  run: Run,
  { name, revisionId }: FunctionState,
  wanted: Wanted,
  changed: Partial<FunctionSettings>,
): Promise<string> {
  return settle(
    () => run.aws.functions.updateSettings(name, changed, revisionId),
    () => hasSettingsSince(run, name, wanted),
  )
}

/** Publishes $LATEST in the state that was read, or finds the version that a try without an answer published. */
export async function publish(
  { aws: { functions } }: Run,
  { lambdaName }: Target,
  { codeSha256, revisionId }: FunctionState,
  description: string,
): Promise<PublishedVersion> {
  return settle(
    () => functions.publish(lambdaName, { codeSha256, revisionId, description }),
    async () => {
      const [newest] = await functions.versions(lambdaName)
      return newest?.description === description && newest.codeSha256 === codeSha256 ? newest : undefined
    },
  )
}

/** True if $LATEST has the code, undefined if it has another; waits until Lambda has finished its work. */
async function hasCode(run: Run, lambdaName: string, wanted: Wanted): Promise<true | undefined> {
  const state = await waitUntilSettled(run.aws.functions, run.clock, lambdaName)
  return needsCode({ ...state, status: 'ready' }, wanted) ? undefined : true
}

/** The time at which $LATEST got the settings; undefined if it has others. */
async function hasSettingsSince(
  run: Run,
  lambdaName: string,
  { settings }: Wanted,
): Promise<string | undefined> {
  const state = await waitUntilSettled(run.aws.functions, run.clock, lambdaName)
  return settingsChanges(state.settings, settings) ? undefined : state.lastModified
}

/** True if $LATEST is the function that was to be created. */
async function isAsWanted(run: Run, lambdaName: string, wanted: Wanted): Promise<true | undefined> {
  const since = await hasSettingsSince(run, lambdaName, wanted)
  return since === undefined ? undefined : hasCode(run, lambdaName, wanted)
}

/** A failed update is made again, since its missing part may exist by now. */
export function needsCode(state: FunctionState, { code, settings }: Wanted): boolean {
  return (
    state.status === 'failed' ||
    !runs(state, code) ||
    state.settings.architecture !== settings.architecture ||
    (settings.sourceKmsKey ?? state.settings.sourceKmsKey ?? '') !== (state.settings.sourceKmsKey ?? '')
  )
}
