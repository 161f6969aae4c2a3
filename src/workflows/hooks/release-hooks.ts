import { LambdactlError } from '../../errors/error.ts'
import { type PassedHook, placeKey } from '../../release/journal/passed-hooks.ts'
import type { HookPoint, HookStandings, Hooks, HookVerdict } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Run, Target } from '../run/run.ts'
import { afterRollback } from './after-rollback.ts'
import { unusable } from './run-hook.ts'
import { type StartedHook, startHook } from './started-hook.ts'

/** The hooks of one release in the process that carries it. */
export interface ReleaseHooks {
  /** Tells which have ended since. */
  tell(): void
  /** How they stand where the release is now; what still runs for another place is stopped. */
  standings(record: ReleaseRecord | undefined): HookStandings
  start(hook: HookPoint, at: { record: ReleaseRecord; alias: AliasState }): void
  /** Aborted when the one that runs has ended; undefined where none runs. */
  running(): AbortSignal | undefined
  /** Stops what runs, tells so, and does not wait for it. */
  stop(): void
  /** Puts on record what has ended. */
  journal(): Promise<void>
  /** Stops what runs, waits until it is gone, and puts that on record. */
  end(): Promise<void>
  /** Runs the hook after a rollback. */
  afterRollback(record: ReleaseRecord, reason: string): Promise<void>
}

/**
 * @param hooks of this machine's configuration
 * @param passed what the journal knows to have passed already
 */
export function releaseHooks(
  run: Run,
  target: Target,
  plan: Plan,
  hooks: Hooks = {},
  passed: readonly PassedHook[] = [],
): ReleaseHooks {
  const started: StartedHook[] = []
  const journal = async () => {
    for (const one of started) await one.journal()
  }
  const end = async () => {
    for (const one of started) one.stop()
    await Promise.all(started.map(({ done }) => done))
    await journal()
  }
  return {
    journal,
    end,
    tell() {
      for (const one of started) one.tell()
    },
    standings(record) {
      const place = record ? placeKey(record) : ''
      for (const one of started) if (one.place !== place) one.stop()
      return standingsAt(plan, place, hooks, started, passed)
    },
    start(hook, at) {
      const command = hooks[hook]
      if (!command || 'unusable' in command) throw new LambdactlError('BUG', unusable(hook, command))
      started.push(startHook(run, target, plan, { hook, command }, at))
    },
    running: () => started.find((one) => !one.isTold())?.over,
    stop() {
      for (const one of started) {
        one.stop()
        one.tell(true)
      }
    },
    async afterRollback(record, reason) {
      await end()
      await afterRollback(run, target, plan, hooks, record, reason)
    },
  }
}

/** A failure counts wherever the release is by now; one that was not started here may have passed elsewhere. */
function standingsAt(
  { hooks: planned = [] }: Plan,
  place: string,
  hooks: Hooks,
  started: readonly StartedHook[],
  passed: readonly PassedHook[],
): HookStandings {
  return Object.fromEntries(
    planned.flatMap((hook) => {
      const own = started.filter((one) => one.hook === hook)
      const failed = own.map((one) => one.ended()?.verdict).find((verdict) => verdict?.outcome === 'fail')
      const here = own.findLast((one) => one.place === place)
      const before = passed.find((one) => one.hook === hook && one.place === place)
      const standing =
        failed ??
        (here && (here.ended()?.verdict ?? 'running')) ??
        (before && verdictOf('pass', `hook ${hook} has passed`, before.ended)) ??
        lacking(hook, hooks[hook])
      return standing ? [[hook, standing]] : []
    }),
  )
}

/** A hook of the plan that this machine can't run is doubt, never a pass. */
function lacking(hook: HookPoint, command: Hooks[HookPoint]): HookVerdict | undefined {
  if (command && 'args' in command) return undefined
  return verdictOf('inconclusive', unusable(hook, command), 0)
}

function verdictOf(outcome: HookVerdict['outcome'], reason: string, ended: number): HookVerdict {
  return { outcome, reason, ended }
}
