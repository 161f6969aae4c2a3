import { asLambdactlError } from '../errors/error.ts'
import { hookPlace } from '../release/hook-facts.ts'
import type { Hooks } from '../release/hooks.ts'
import type { Plan } from '../release/plan.ts'
import type { ReleaseRecord } from '../release/record.ts'
import type { Run, Target } from './run.ts'
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
  if (!plan.hooks?.includes('after-rollback')) return
  try {
    const warning = await runAfter(run, target, plan, hooks, record, reason)
    if (warning !== undefined) warn(run, target, warning)
  } catch (error) {
    warn(run, target, asLambdactlError(error).message)
  }
}

/** What there is to warn of. */
async function runAfter(
  run: Run,
  target: Target,
  plan: Plan,
  hooks: Hooks,
  record: ReleaseRecord,
  reason: string,
): Promise<string | undefined> {
  const hook = 'after-rollback'
  const command = hooks[hook]
  if (!command || 'unusable' in command) return unusable(hook, command)
  tellStarted(run, target, hook)
  const place = hookPlace(hook, plan, record, undefined)
  const { signal } = new AbortController()
  const ended = await runHook(run, target, plan, { hook, command, place, signal, reason })
  tellEnded(run, target, ended)
  await journalHook(run, target, plan, ended, record)
  return ended.verdict.outcome === 'pass' ? undefined : ended.verdict.reason
}

function warn(run: Run, target: Target, text: string): void {
  run.emit({
    function: target.function,
    event: 'warning',
    text: `${text}; the rollback was made all the same.`,
  })
}
