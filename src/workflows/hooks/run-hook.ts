import { asLambdactlError } from '../../errors/error.ts'
import { hookVerdict } from '../../gates/candidate/hook-verdict.ts'
import type { CommandResult } from '../../ports/commands.ts'
import { type HookPlace, hookFacts } from '../../release/decision/hook-facts.ts'
import type { CommandEnding, HookCommand, HookPoint, HookVerdict } from '../../release/plan/hooks.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { keepJournal } from '../run/keep-journal.ts'
import type { PlannedRelease } from '../run/release.ts'

/** A hook that ran, with its verdict. */
export interface EndedHook {
  hook: HookPoint
  verdict: HookVerdict
  ending: CommandEnding
  seconds: number
  /** The last 4 KB, without control characters. */
  output: string
}

/** A hook to run. */
export interface HookToRun {
  hook: HookPoint
  command: HookCommand
  place: HookPlace
  /** Ends it. */
  signal: AbortSignal
  /** The reason of the rollback, for `after-rollback`. */
  reason?: string
}

/** Runs a hook to its end; never throws, the verdict reports failures. */
export async function runHook(
  { run, target, plan }: PlannedRelease,
  { hook, command, place, signal, reason }: HookToRun,
): Promise<EndedHook> {
  const environment = hookFacts({ hook, place, reason }, target, plan)
  const began = run.clock.elapsed()
  const { ending, output } = await run.runCommand({ ...command, environment, signal }).catch(notRun)
  const seconds = (run.clock.elapsed() - began) / 1000
  const ended = run.clock.now()
  const verdict = hookVerdict(hook, ending, output, durationWords(command.timeoutMs))
  return { hook, verdict: { ...verdict, ended }, ending, seconds, output }
}

function notRun(error: unknown): CommandResult {
  return { ending: { how: 'not-started', reason: asLambdactlError(error).message }, output: '' }
}

export function tellStarted({ run, target }: PlannedRelease, hook: HookPoint): void {
  run.emit({ function: target.function, event: 'hook', hook, state: 'started' })
}

/** Reports a hook's verdict; if it did not pass, also its output. */
export function tellEnded(
  { run, target }: PlannedRelease,
  { hook, verdict: { outcome, reason }, ending, seconds, output }: EndedHook,
): void {
  const told = { function: target.function, event: 'hook', hook, seconds } as const
  if (outcome === 'pass') run.emit({ ...told, state: 'passed' })
  else if (ending.how === 'stopped') run.emit({ ...told, state: 'stopped' })
  else run.emit({ ...told, state: outcome === 'fail' ? 'failed' : 'inconclusive', reason, output })
}

/** Puts a hook's outcome on record, with its place. */
export async function journalHook(
  { run, target, plan }: PlannedRelease,
  { hook, verdict: { outcome, reason }, ending, seconds, output }: EndedHook,
  at: Pick<ReleaseRecord, 'phase' | 'step' | 'since'> | { phase: 'preflight'; step: 0 },
): Promise<void> {
  const { phase, step } = at
  await keepJournal(run, target, plan.id, {
    kind: 'hook',
    point: hook,
    phase,
    step,
    ...('since' in at ? { since: at.since } : {}),
    outcome: ending.how === 'stopped' ? 'stopped' : outcome,
    ...(ending.how === 'exited' ? { exitCode: ending.code } : {}),
    seconds,
    reason,
    output,
  })
}

/** The reason why a hook in the plan has no command here. */
export function unusable(hook: HookPoint, command: { unusable: string } | undefined): string {
  if (!command) return `hook ${hook} is not in this configuration file`
  return `hook ${hook} can't be run from this configuration file: ${command.unusable}`
}
