import type { Command, CommandResult } from '../../../src/ports/commands.ts'
import type { HookPoint } from '../../../src/release/plan/hooks.ts'
import { type RanHook, randomHookFate } from './hooks.ts'
import type { Process, Surroundings } from './process.ts'

const codes = { pass: 0, fail: 1, inconclusive: 75 }

/**
 * A hook of a process: it runs as long as it is meant to, unless it is stopped. It dies with its process.
 *
 * @param wait longer while the laptop sleeps
 */
export async function runHook(
  { dice, time, tell }: Pick<Surroundings, 'dice' | 'time' | 'tell'>,
  process: Process,
  { environment, signal }: Command,
  wait: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<CommandResult> {
  const hook = environment['LAMBDACTL_HOOK'] as HookPoint
  const step = Number(environment['LAMBDACTL_STEP'])
  const ran: RanHook = { hook, step, began: time.now(), ended: undefined, outcome: undefined }
  process.hooks.push(ran)
  const { ms, outcome } = randomHookFate(dice)
  if (!signal.aborted) await wait(ms, signal)
  if (process.dead) return new Promise(() => undefined)
  ran.ended = time.now()
  ran.outcome = signal.aborted ? 'stopped' : outcome
  tell(process, () => `hook ${hook} ends: ${ran.outcome}`)
  if (signal.aborted) return { ending: { how: 'stopped' }, output: '' }
  const isInRelease = process.kind === 'resume' || process.updates > 0
  if (outcome === 'fail' && isInRelease && hook !== 'after-rollback') {
    process.failing = true
    process.looksSinceFailure = 0
  }
  return { ending: { how: 'exited', code: codes[outcome] }, output: 'so it is\n' }
}
