import type { HookPoint, HookStandings, Hooks } from '../../release/plan/hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Run, Target } from './run.ts'

/** A release by its plan, for whoever only looks at it. */
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
  /** The commands, by the configuration of this machine. */
  readonly commands: Hooks
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
}
