import { LambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { formatOrigin } from '../../release/values/version-description.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { fingerprintOf } from '../candidate/last-brought.ts'
import { runs } from '../candidate/runs.ts'
import { create, needsCode, publish, updateCode, updateSettings } from '../candidate/settled-updates.ts'
import { undone } from '../preflight/overwritten.ts'
import { explainConflict } from '../run/explain-conflict.ts'
import { keepJournal, whoActs } from '../run/keep-journal.ts'
import { begin, type Run, type Target } from '../run/run.ts'
import { waitUntilReady, waitUntilSettled } from '../run/wait-until.ts'
import { applyBeforeUpload, applyRuntimeUpdates } from '../settings/apply-attachments.ts'
import { settingsAfter, settingsChanges } from '../settings/settings.ts'

/**
 * Brings $LATEST to the compared package and publishes it: wait, act, wait, each update fenced by the revision that was
 * read before. No alias is touched.
 *
 * @returns the version as it is; the one that exists already when nothing differs from the last publish
 * @throws LambdactlError CONFLICT when somebody else updates the function, UPDATE_FAILED
 */
export async function publishCandidate(run: Run, compared: Changed, plan: Plan): Promise<FunctionState> {
  try {
    await journalPreparing(run, compared, plan)
    return await publishInOrder(run, compared)
  } catch (error) {
    throw await explainConflict(run, compared.target, compared.alias, error)
  }
}

/**
 * Puts on record what $LATEST is brought to, before it is: so that nobody takes it for somebody else's, or for changed by
 * hand, where it is not published after all.
 */
async function journalPreparing(
  run: Run,
  { target, local: { code, settings }, latest }: Changed,
  { id, wentPast }: Plan,
): Promise<void> {
  const after = latest ? settingsAfter(latest.settings, settings) : settings
  if (latest && !needsCode(latest, { code, settings }) && !settingsChanges(latest.settings, settings)) return
  await keepJournal(run, target, id, {
    kind: 'preparing',
    ...(await whoActs(run, target)),
    latest: {
      code: code.sha256,
      configuration: fingerprintOf(after),
      description: after.description,
    },
    ...(wentPast ? { wentPast } : {}),
  })
}

async function publishInOrder(run: Run, compared: Changed): Promise<FunctionState> {
  const { functions } = run.aws
  const { target, local, fn } = compared
  const name = target.lambdaName
  const { code, settings } = local
  const { attachments } = fn
  const upload = () => {
    if (!code.image) begin(run, target, 'uploading')
    return code.upload()
  }
  const waited = (wait: typeof waitUntilReady) => {
    begin(run, target, 'updating')
    return wait(functions, run.clock, name)
  }
  const ready = () => waited(waitUntilReady)
  if (compared.change === 'create') {
    await create(run, target, local, { uploaded: await upload(), codeSigning: attachments?.codeSigning })
    run.emit({ function: target.function, event: 'created' })
  } else await applyBeforeUpload(run, target, attachments)
  let state = await (compared.change === 'create' ? ready() : waited(waitUntilSettled))
  if (needsCode(state, local)) {
    await updateCode(run, state, local, await upload())
    run.emit({ function: target.function, event: 'code-updated' })
    state = await ready()
  }
  const changed = settingsChanges(state.settings, settings)
  // Nobody was told of changes by hand since preflight looked.
  const { latest } = compared
  if (latest && undone(latest.settings, state.settings, settings).length > 0) throw overwritten(target)
  if (changed) {
    const changedAt = await updateSettings(run, state, local, changed)
    run.emit({ function: target.function, event: 'configuration-updated' })
    state = await ready()
    if (state.lastModified !== changedAt && settingsChanges(state.settings, settings)) {
      throw overwritten(target)
    }
  }
  if (!runs(state, code)) throw overwritten(target)
  if (await applyRuntimeUpdates(run, target, attachments, '$LATEST')) state = await ready()
  begin(run, target, 'publishing')
  const before = state.lastModified === latest?.lastModified ? await versionsOf(run, target) : []
  const published = await publish(run, target, state, formatOrigin(compared.origin))
  const candidateReady = () => waitUntilReady(functions, run.clock, name, published.version)
  let candidate = await candidateReady()
  if (await applyRuntimeUpdates(run, target, attachments, published.version))
    candidate = await candidateReady()
  run.emit({
    function: target.function,
    event: 'published',
    version: published.version,
    description: published.description,
    ...(before.includes(published.version) ? { existed: true } : {}),
  })
  return candidate
}

/** Lambda gives the newest version again where $LATEST has not changed since. Who may not list them hears of a new one. */
async function versionsOf({ aws: { functions } }: Run, { lambdaName }: Target): Promise<string[]> {
  const versions = await functions.versions(lambdaName).catch(() => [])
  return versions.map(({ version }) => version)
}

/** Nobody else's code or configuration is published as this release's. */
function overwritten({ lambdaName }: Target): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `The function ${lambdaName} was changed while it was being updated.`,
    {
      next: ['Run the command again: it starts from what is there now.'],
    },
  )
}
