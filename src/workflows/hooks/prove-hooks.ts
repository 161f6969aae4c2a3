import { LambdactlError } from '../../errors/error.ts'
import { hookBefore, hookPlace } from '../../release/decision/hook-facts.ts'
import type { HookPoint } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { proveQuiet } from '../preflight/prove-candidate.ts'
import type { Release } from '../run/release.ts'
import { interrupted } from '../run/run.ts'
import { journalHook, runHook, tellEnded, tellStarted, unusable } from './run-hook.ts'

/**
 * Runs the hooks before the first shift: the one that confirms the release, and the one before its first step or its
 * switch. If any ran, the alarms must still be quiet.
 *
 * @throws LambdactlError PREFLIGHT_FAILED unless they pass, INTERRUPTED
 */
export async function proveHooks(release: Release): Promise<void> {
  const { plan } = release
  const first: HookPoint[] = ['confirm-rollout', hookBefore(plan, 0)]
  const planned = first.filter((hook) => plan.hooks?.includes(hook))
  for (const hook of planned) await proveHook(release, hook)
  if (planned.length > 0) await proveQuiet(release)
}

async function proveHook(release: Release, hook: HookPoint): Promise<void> {
  const { run, plan, hooks } = release
  if (run.signal.aborted) throw interrupted()
  const command = hooks.commands[hook]
  if (!command || 'unusable' in command) throw refused(plan, unusable(hook, command))
  tellStarted(release, hook)
  const place = hookPlace(hook, plan, undefined, undefined)
  const ended = await runHook(release, { hook, command, place, signal: run.signal })
  tellEnded(release, ended)
  await journalHook(release, ended, { phase: 'preflight', step: 0 })
  if (run.signal.aborted) throw interrupted()
  const { outcome, reason } = ended.verdict
  if (outcome !== 'pass') throw refused(plan, reason)
}

function refused({ candidate }: Plan, reason: string): LambdactlError {
  return new LambdactlError('PREFLIGHT_FAILED', `Version ${candidate} got no traffic, since ${reason}.`, {
    next: ['Correct the problem that the hook found, then release again; no traffic was moved.'],
  })
}
