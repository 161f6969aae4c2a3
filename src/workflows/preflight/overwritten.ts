import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { changeWords } from '../../release/changes/change-words.ts'
import {
  type ConfigurationChange,
  functionChanges,
  sameSetting,
} from '../../release/changes/configuration-changes.ts'
import { lastConfigured } from '../../release/journal/last-configured.ts'
import { asReadable } from '../candidate/changes-of.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { lastBrought } from '../candidate/last-brought.ts'
import { runs } from '../candidate/runs.ts'
import { knownServing } from '../candidate/whose-function.ts'
import type { Past } from '../run/read-past.ts'
import type { Run } from '../run/run.ts'
import { attachmentDifferences } from '../settings/apply-attachments.ts'
import { changedByHand } from '../settings/configured.ts'
import type { Difference } from '../settings/difference.ts'
import { differenceWords } from '../settings/difference.ts'
import { settingsAfter } from '../settings/settings.ts'

/** A function and the state that a release would give it. */
type Held = Pick<Changed, 'target' | 'fn' | 'local' | 'serving' | 'alias'>

/**
 * Lists the changes by hand that a release would overwrite, in words: the present value, and the value after the
 * release.
 */
export async function overwritten(
  run: Run,
  compared: Held,
  latest: FunctionState,
  past: Past,
): Promise<string[]> {
  return [
    ...(await overwrittenOfLatest(run, compared, latest, past)),
    ...(await overwrittenOfNoVersion(run, compared, past)).map(differenceWords),
  ]
}

/** Nothing is read if the journal has no applied settings. */
async function overwrittenOfNoVersion(
  run: Run,
  { target, fn, alias }: Held,
  past: Past,
): Promise<Difference[]> {
  if (Object.keys(lastConfigured(past ?? [], target)).length === 0) return []
  return changedByHand(await attachmentDifferences(run, target, fn, alias), past, target, fn)
}

async function overwrittenOfLatest(
  run: Run,
  { target, fn, local, serving }: Held,
  latest: FunctionState,
  past: Past,
): Promise<string[]> {
  if (!serving) return []
  const readable = (state: FunctionState) => asReadable(state, local.settings)
  const now = readable(latest)
  const known = readable(await knownServing(run, fn, serving))
  const base = readable(
    await lastBrought(run, target, { serving: known, latest: now, local }, async () => past),
  )
  const isCodeByHand = base.codeSha256 !== latest.codeSha256 && !runs(latest, local.code)
  return [
    ...undone(base.settings, now.settings, local.settings).map(changeWords),
    ...(isCodeByHand ? [`code ${short(latest.codeSha256)} → ${short(local.code.sha256)}`] : []),
  ]
}

/** Returns a release's changes to settings that have changed since `before`. */
export function undone(
  before: FunctionSettings,
  now: FunctionSettings,
  wanted: FunctionSettings,
): ConfigurationChange[] {
  const since = functionChanges(before, now)
  return functionChanges(now, settingsAfter(now, wanted)).filter((change) =>
    since.some((other) => sameSetting(change, other)),
  )
}

/** Enough of a SHA-256 to distinguish two. */
function short(sha256: string): string {
  return `${sha256.slice(0, 12)}…`
}
