import type { FunctionState } from '../../ports/functions.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { formatOrigin } from '../../release/values/version-description.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { needsCode, publish } from '../candidate/settled-updates.ts'
import { explainConflict } from '../run/explain-conflict.ts'
import { keepJournal, whoActs } from '../run/keep-journal.ts'
import { begin, type Run, type Target } from '../run/run.ts'
import { waitUntilReady } from '../run/wait-until.ts'
import { applyRuntimeUpdates } from '../settings/apply-attachments.ts'
import { fingerprintOf } from '../settings/fingerprint.ts'
import { settingsAfter, settingsChanges } from '../settings/settings.ts'
import { bringLatest } from './bring-latest.ts'

/**
 * Gives $LATEST the compared package and publishes it: wait, act, wait, each update guarded by the revision that was
 * read before. No alias is touched.
 *
 * @returns the published version; an existing one if nothing differs from the last publish
 * @throws LambdactlError CONFLICT if somebody else updates the function, UPDATE_FAILED
 */
export async function publishCandidate(run: Run, compared: Changed, plan: Plan): Promise<FunctionState> {
  try {
    await journalPreparing(run, compared, plan)
    return await publishLatest(run, compared, await bringLatest(run, compared))
  } catch (error) {
    throw await explainConflict(run, compared.target, compared.alias, error)
  }
}

/**
 * Puts the intended state of $LATEST on record before the update. So if it is not published after all, the state does
 * not look like somebody else's or like a change by hand.
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

async function publishLatest(run: Run, compared: Changed, latest: FunctionState): Promise<FunctionState> {
  const { target, fn, origin } = compared
  begin(run, target, 'publishing')
  const isAsFound = latest.lastModified === compared.latest?.lastModified
  const before = isAsFound ? await versionsOf(run, target) : []
  const { version, description } = await publish(run, target, latest, formatOrigin(origin))
  const ready = () => waitUntilReady(run.aws.functions, run.clock, target.lambdaName, version)
  const published = await ready()
  const isBusy = await applyRuntimeUpdates(run, target, fn.attachments, version)
  const candidate = isBusy ? await ready() : published
  const existed = before.includes(version) ? { existed: true as const } : {}
  run.emit({ function: target.function, event: 'published', version, description, ...existed })
  return candidate
}

/**
 * Lambda returns the newest version again if $LATEST has not changed since. A caller without permission to list
 * versions is told of a new one.
 */
async function versionsOf({ aws: { functions } }: Run, { lambdaName }: Target): Promise<string[]> {
  const versions = await functions.versions(lambdaName).catch(() => [])
  return versions.map(({ version }) => version)
}
