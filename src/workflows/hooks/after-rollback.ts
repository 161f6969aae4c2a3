import { asLambdactlError } from '../../errors/error.ts'
import { hookPlace } from '../../release/decision/hook-facts.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Release } from '../run/release.ts'
import { warn } from '../run/warn.ts'
import { journalHook, runHook, tellEnded, tellStarted, unusable } from './run-hook.ts'

/**
 * Runs a plan's hook after a rollback, once running hooks have ended. Nothing depends on it, so failures are only
 * reported. An interrupt does not stop it, since an interrupt may have caused the rollback.
 *
 * @param reason of the rollback
 */
export async function afterRollback(release: Release, record: ReleaseRecord, reason: string): Promise<void> {
  const { plan, hooks } = release
  await hooks.end()
  const hook = 'after-rollback'
  if (!plan.hooks?.includes(hook)) return
  const command = hooks.commands[hook]
  if (!command || 'unusable' in command) return warnOfHook(release, unusable(hook, command))
  tellOrWarn(release, () => tellStarted(release, hook))
  const place = hookPlace(hook, plan, record, undefined)
  const { signal } = new AbortController()
  const ended = await runHook(release, { hook, command, place, signal, reason })
  tellOrWarn(release, () => tellEnded(release, ended))
  await journalHook(release, ended, record)
  if (ended.verdict.outcome !== 'pass') warnOfHook(release, ended.verdict.reason)
}

/** A hook runs even if something can't be reported. */
function tellOrWarn(release: Release, tell: () => void): void {
  try {
    tell()
  } catch (error) {
    warnOfHook(release, asLambdactlError(error).message)
  }
}

function warnOfHook({ run, target }: Release, text: string): void {
  warn(run, target, `${text}; the rollback was made anyway.`)
}
