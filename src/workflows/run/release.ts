import type { HookPoint, HookStandings, Hooks } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Run, Target } from './run.ts'

/** A release by its plan, for code that only observes it. */
export interface PlannedRelease {
  readonly run: Run
  readonly target: Target
  readonly plan: Plan
}

/** A release in the process that carries it. */
export interface Release extends PlannedRelease {
  readonly hooks: ReleaseHooks
}

/** The hooks of one release in the process that carries it. */
export interface ReleaseHooks {
  /** The commands from the configuration of this machine. */
  readonly commands: Hooks
  /** Reports the hooks that have ended since. */
  tell(): void
  /** Their state at the release's present place; a hook that still runs for another place is stopped. */
  standings(record: ReleaseRecord | undefined): HookStandings
  start(hook: HookPoint, at: { record: ReleaseRecord; alias: AliasState }): void
  /** Aborted when the running hook has ended; undefined if none runs. */
  running(): AbortSignal | undefined
  /** Stops the running hook, reports it, and does not wait for its end. */
  stop(): void
  /** Puts ended hooks on record. */
  journal(): Promise<void>
  /** Stops the running hook, waits for its end, and puts that on record. */
  end(): Promise<void>
}
