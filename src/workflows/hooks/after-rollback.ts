import { asLambdactlError } from '../../errors/error.ts'
import { hookPlace } from '../../release/decision/hook-facts.ts'
import type { Hooks } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { journalHook, runHook, tellEnded, tellStarted, unusable } from './run-hook.ts'

/**
 * Runs the hook that a plan has after a rollback. Nothing depends on it, so whatever goes wrong is only told. An interrupt
 * does not stop it: it may be what the interrupt led to.
 *
 * @param reason of the rollback
 */
export async function afterRollback(
  run: Run,
  target: Target,
  plan: Plan,
  hooks: Hooks,
  record: ReleaseRecord,
  reason: string,
): Promise<void> {
  const hook = 'after-rollback'
  if (!plan.hooks?.includes(hook)) return
  const command = hooks[hook]
  if (!command || 'unusable' in command) return warn(run, target, unusable(hook, command))
  tellOrWarn(run, target, () => tellStarted(run, target, hook))
  const place = hookPlace(hook, plan, record, undefined)
  const { signal } = new AbortController()
  const ended = await runHook(run, target, plan, { hook, command, place, signal, reason })
  tellOrWarn(run, target, () => tellEnded(run, target, ended))
  await journalHook(run, target, plan, ended, record)
  if (ended.verdict.outcome !== 'pass') warnOfHook(run, target, ended.verdict.reason)
}

/** That something can't be told keeps no hook from running. */
function tellOrWarn(run: Run, target: Target, tell: () => void): void {
  try {
    tell()
  } catch (error) {
    warnOfHook(run, target, asLambdactlError(error).message)
  }
}

function warnOfHook(run: Run, target: Target, text: string): void {
  warn(run, target, `${text}; the rollback was made all the same.`)
}
