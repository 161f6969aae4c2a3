import { LambdactlError } from '../../errors/error.ts'
import { hookBefore, hookPlace } from '../../release/decision/hook-facts.ts'
import type { HookPoint, Hooks } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { proveQuiet } from '../preflight/preflight.ts'
import { interrupted, type Run, type Target } from '../run/run.ts'
import { journalHook, runHook, tellEnded, tellStarted, unusable } from './run-hook.ts'

/**
 * Runs the hooks that come before the first shift: the one that confirms the release, and the one before its first step or
 * its switch. Where any ran, the alarms must still be quiet.
 *
 * @throws LambdactlError PREFLIGHT_FAILED unless they pass, INTERRUPTED
 */
export async function proveHooks(run: Run, target: Target, plan: Plan, hooks: Hooks = {}): Promise<void> {
  const first: HookPoint[] = ['confirm-rollout', hookBefore(plan, 0)]
  const planned = first.filter((hook) => plan.hooks?.includes(hook))
  for (const hook of planned) await proveHook(run, target, plan, hook, hooks)
  if (planned.length > 0) await proveQuiet(run, target, plan)
}

async function proveHook(run: Run, target: Target, plan: Plan, hook: HookPoint, hooks: Hooks): Promise<void> {
  if (run.signal.aborted) throw interrupted()
  const command = hooks[hook]
  if (!command || 'unusable' in command) throw refused(plan, unusable(hook, command))
  tellStarted(run, target, hook)
  const place = hookPlace(hook, plan, undefined, undefined)
  const ended = await runHook(run, target, plan, { hook, command, place, signal: run.signal })
  tellEnded(run, target, ended)
  await journalHook(run, target, plan, ended, { phase: 'preflight', step: 0 })
  if (run.signal.aborted) throw interrupted()
  const { outcome, reason } = ended.verdict
  if (outcome !== 'pass') throw refused(plan, reason)
}

function refused({ candidate }: Plan, reason: string): LambdactlError {
  return new LambdactlError('PREFLIGHT_FAILED', `Version ${candidate} got no traffic, since ${reason}.`, {
    next: ['Correct what the hook found, then release again; no traffic was moved.'],
  })
}
