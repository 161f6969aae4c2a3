import type { ErrorCode } from '../../errors/codes.ts'
import type { FunctionDiff } from '../changes/function-diff.ts'
import type { SteeringVerb } from '../decision/steering-effect.ts'
import type { ComparedMetric, Figures } from '../plan/comparison.ts'
import type { HookPoint } from '../plan/hooks.ts'
import type { Plan, ScheduledShift } from '../plan/plan.ts'
import type { Check } from '../values/check.ts'
import type { JudgedAlarm, Verdict, Weight } from '../values/observed.ts'
import type { Phase } from '../values/record.ts'

/**
 * The work of a function's release from now on. `updating` waits for Lambda, before and after each change; `waiting` is for the
 * other functions of a deploy; `ended` comes where no other event says that nothing follows.
 */
export type Stage =
  | 'packaging'
  | 'comparing'
  | 'loading'
  | 'proving'
  | 'uploading'
  | 'updating'
  | 'publishing'
  | 'waiting'
  | 'trying'
  | 'shifting'
  | 'ended'

/** The events of a release while it runs; NDJSON under `--json`. */
export type ReleaseEvent = { function: string } & (
  | { event: 'stage'; stage: Stage }
  | {
      event: 'packaged'
      zippedBytes: number
      unzippedBytes: number
      files: number
      digest: string
      bundled: boolean
    }
  // Comes before `packaged`, once a second, where it takes longer than that; bytes are unzipped.
  | { event: 'packaging'; files: number; totalFiles: number; bytes: number; totalBytes: number }
  | { event: 'left-out'; paths: readonly string[] }
  /** Once a second, where it takes longer than that: how many bytes of the package are sent, to S3 or to Lambda. */
  | { event: 'uploading'; bytes: number; total: number }
  /** It is in S3; `bytes` had to be sent, none where it was there. */
  | { event: 'uploaded'; bucket: string; key: string; bytes: number; total: number }
  /** A note for a person on how the package is made. */
  | { event: 'noted'; text: string }
  | { event: 'created' }
  | { event: 'code-updated' }
  | { event: 'configuration-updated' }
  /** `existed`: the version was there already, with just this code and configuration. */
  | { event: 'published'; version: string; description: string; existed?: true }
  | { event: 'unchanged'; version: string; alias: string }
  | {
      /** A setting of no version: `planned` where nothing is changed. */
      event: 'setting'
      state: 'planned' | 'applied'
      /** As in `lambdactl.yaml`; `async` stands for the four of asynchronous invocations. */
      field: string
      from: string
      to: string
    }
  /** The shifts from now on; where a release is carried on, those that it still has to make. */
  | { event: 'planned'; plan: Plan; shifts: readonly ScheduledShift[]; alias: string; resumed?: true }
  /** All that a release would change, as `diff --json` has it: of a dry run, and of a function that is somebody else's. */
  | { event: 'differs'; diff: FunctionDiff }
  | { event: 'checked'; check: Check }
  /** Environments become ready before any traffic moves; told when their number changes. */
  | { event: 'warming'; version: string; available: number; requested: number }
  /** Environments were released, since nothing uses the version any more. */
  | { event: 'cooled'; version: string; requested: number }
  | { event: 'shifted'; alias: string; version: string; weight?: Weight; step: number; steps: number }
  | {
      event: 'observed'
      verdict: Verdict
      alarms: readonly JudgedAlarm[]
      /** Where the two versions are compared. */
      comparison?: readonly ComparedMetric[]
      /** The counts of both versions, where somebody sees them as they change; undefined where they may not be read. */
      figures?: Figures
      step: number
      steps: number
      until: number
      /** The step is over and is held once more for its own length, since its gates did not pass. */
      extended?: true
    }
  | { event: 'rolled-back'; alias: string; version: string; reason: string; seconds?: number }
  /** How a release stands that somebody carries on, watches or waits for; of the latter whenever that changes. */
  | {
      event: 'standing'
      alias: string
      version: string
      phase: Phase
      step: number
      steps: number
      weight?: Weight
      summary: string
    }
  /** The effect that a person's decision is about to have, why the release waits, and how its gates stand. */
  | { event: 'deciding'; verb: SteeringVerb; effect: string; waiting?: string; verdict?: Verdict }
  | { event: 'paused'; alias: string; reason: string }
  | { event: 'done'; alias: string; version: string; previous: string | undefined }
  | { event: 'hook'; hook: HookPoint; state: 'started' }
  | { event: 'hook'; hook: HookPoint; state: 'passed' | 'stopped'; seconds: number }
  | {
      event: 'hook'
      hook: HookPoint
      state: 'failed' | 'inconclusive'
      seconds: number
      reason: string
      /** The last 4 KB of what it wrote, without control characters. */
      output: string
    }
  /** One of several functions failed; the others go on. */
  | { event: 'failed'; code: ErrorCode; message: string; next: readonly string[] }
  /** Published, but another function failed before any alias was moved. */
  | { event: 'unused'; version: string; alias: string }
  | { event: 'warning'; text: string }
)

/** A release event with its time, milliseconds since the epoch. */
export type TimedReleaseEvent = ReleaseEvent & { time: number }
