import { LambdactlError } from '../errors/error.ts'
import { type PassedHook, placeKey } from '../release/hook-entry.ts'
import { hookPlace } from '../release/hook-facts.ts'
import type { HookPoint, HookStandings, Hooks, HookVerdict } from '../release/hooks.ts'
import type { AliasState } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import type { ReleaseRecord } from '../release/record.ts'
import { afterRollback } from './after-rollback.ts'
import type { Run, Target } from './run.ts'
import { type EndedHook, journalHook, runHook, tellEnded, tellStarted, unusable } from './run-hook.ts'

/** Where the release is when a hook starts. */
export interface HookedState {
  record: ReleaseRecord
  alias: AliasState
}

/** The hooks of one release in the process that carries it; one runs at a time. */
export interface ReleaseHooks {
  /** Tells which have ended since. */
  tell(): void
  /** How they stand where the release is now; what still runs for another place is stopped. */
  standings(record: ReleaseRecord | undefined): HookStandings
  start(hook: HookPoint, at: HookedState): void
  /** Aborted when the one that runs ends; undefined where none does. */
  running(): AbortSignal | undefined
  /** Stops what runs, and does not wait for it. */
  stop(): void
  /** Puts on record what has ended. */
  journal(): Promise<void>
  /** Stops what runs, waits until it is gone, and puts that on record. */
  end(): Promise<void>
  /** Runs the hook after a rollback. */
  afterRollback(record: ReleaseRecord, reason: string): Promise<void>
}

/** A hook that was started here. */
interface StartedHook {
  hook: HookPoint
  record: ReleaseRecord
  place: string
  stopper: AbortController
  over: AbortController
  done: Promise<void>
  /** Undefined while it runs. */
  ended?: EndedHook
  isTold: boolean
  isWritten: boolean
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
  const stop = () => {
    for (const { stopper } of started) stopper.abort()
  }
  const journal = async () => {
    for (const one of started) await write(run, target, plan, one)
  }
  const end = async () => {
    stop()
    await Promise.all(started.map(({ done }) => done))
    await journal()
  }
  return {
    stop,
    journal,
    end,
    tell() {
      for (const one of started) tellOnce(run, target, one)
    },
    standings(record) {
      const place = record ? placeKey(record) : ''
      for (const one of started) if (one.place !== place) one.stopper.abort()
      return standingsAt(plan, place, hooks, started, passed)
    },
    start(hook, at) {
      tellStarted(run, target, hook)
      started.push(begin(run, target, plan, hooks, hook, at))
    },
    running: () => started.find(({ isTold }) => !isTold)?.over.signal,
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
      const failed = own.find(({ ended }) => ended?.verdict.outcome === 'fail')?.ended?.verdict
      const here = own.findLast((one) => one.place === place)
      const before = passed.find((one) => one.hook === hook && one.place === place)
      const standing =
        failed ??
        (here && (here.ended?.verdict ?? 'running')) ??
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

function begin(
  run: Run,
  target: Target,
  plan: Plan,
  hooks: Hooks,
  hook: HookPoint,
  { record, alias }: HookedState,
): StartedHook {
  const command = hooks[hook]
  if (!command || 'unusable' in command) throw new LambdactlError('BUG', unusable(hook, command))
  const stopper = new AbortController()
  const signal = AbortSignal.any([stopper.signal, run.signal])
  const place = hookPlace(hook, plan, record, alias.weight)
  const one: StartedHook = {
    ...{ hook, record, place: placeKey(record), stopper, over: new AbortController() },
    ...{ done: Promise.resolve(), isTold: false, isWritten: false },
  }
  one.done = runHook(run, target, plan, { hook, command, place, signal }).then((ended) => {
    one.ended = ended
    one.over.abort()
  })
  return one
}

function tellOnce(run: Run, target: Target, one: StartedHook): void {
  if (!one.ended || one.isTold) return
  one.isTold = true
  tellEnded(run, target, one.ended)
}

async function write(run: Run, target: Target, plan: Plan, one: StartedHook): Promise<void> {
  if (!one.ended || one.isWritten) return
  one.isWritten = true
  await journalHook(run, target, plan, one.ended, one.record)
}
