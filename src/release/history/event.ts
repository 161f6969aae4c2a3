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
 * The work of a function's release from now on. `updating` waits for Lambda, before and after each change; `waiting`
 * waits for the other functions of a deploy; `ended` means that nothing follows, if no other event says so.
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

/** The events of a running release; NDJSON under `--json`. */
export type ReleaseEvent = { function: string } & (
  | {
      /** The work has come to another stage. */
      event: 'stage'
      stage: Stage
    }
  /** The package is made. */
  | {
      event: 'packaged'
      zippedBytes: number
      unzippedBytes: number
      /** How many files it has. */
      files: number
      digest: string
      bundled: boolean
    }
  /** Sent each second before `packaged`, if packaging takes longer than a second: done and all; bytes are unzipped. */
  | { event: 'packaging'; files: number; totalFiles: number; bytes: number; totalBytes: number }
  /** Files of the source that the package does not take. */
  | { event: 'left-out'; paths: readonly string[] }
  /** Sent each second if an upload takes longer than a second: the bytes that went to S3 or to Lambda. */
  | {
      event: 'uploading'
      bytes: number
      /** Bytes. */
      total: number
    }
  /** The package is in S3. `bytes` is the uploaded size, 0 if S3 had it already. */
  | {
      event: 'uploaded'
      bucket: string
      key: string
      bytes: number
      /** Bytes. */
      total: number
    }
  /** A note for a person on how the package is made. */
  | { event: 'noted'; text: string }
  /** The function was not there, and was made. */
  | { event: 'created' }
  /** `$LATEST` has the new code. */
  | { event: 'code-updated' }
  /** `$LATEST` has the new configuration. */
  | { event: 'configuration-updated' }
  /** `existed`: the version was published before, with this code and configuration. */
  | { event: 'published'; version: string; description: string; existed?: true }
  /** The alias serves this code and configuration already. */
  | { event: 'unchanged'; version: string; alias: string }
  /** A setting that belongs to no version; `planned` if nothing is changed. */
  | {
      event: 'setting'
      state: 'planned' | 'applied'
      /** The name in `lambdactl.yaml`; `async` stands for the four settings of asynchronous invocations. */
      field: string
      from: string
      to: string
    }
  /** The shifts from now on; for a release that is carried on, the shifts that are left. */
  | { event: 'planned'; plan: Plan; shifts: readonly ScheduledShift[]; alias: string; resumed?: true }
  /**
   * All changes that a release would make, as in `diff --json`: for a dry run, and for a function that lambdactl does
   * not own.
   */
  | { event: 'differs'; diff: FunctionDiff }
  /** A check of the preflight has its outcome. */
  | { event: 'checked'; check: Check }
  /** Environments become ready before any traffic moves; sent when their number changes. */
  | {
      event: 'warming'
      version: string
      /** Environments that are ready. */
      available: number
      /** Environments that are wanted. */
      requested: number
    }
  /** Environments were released, since nothing uses the version any more. */
  | {
      event: 'cooled'
      version: string
      /** Environments that it had. */
      requested: number
    }
  /** The alias was shifted. */
  | ({ event: 'shifted'; alias: string; version: string; weight?: Weight } & StepPlace)
  /** The gates were read. */
  | ({
      event: 'observed'
      verdict: Verdict
      alarms: readonly JudgedAlarm[]
      /** Present if the two versions are compared. */
      comparison?: readonly ComparedMetric[]
      /** The counts of both versions, if a person watches them; undefined if they may not be read. */
      figures?: Figures
      /** The end of the step, milliseconds since the epoch. */
      until: number
      /** The step is over, but is held once more for its own length, since its gates did not pass. */
      extended?: true
    } & StepPlace)
  /** The alias is back on this version; `seconds` is the time since the first alarm fired, if one did. */
  | { event: 'rolled-back'; alias: string; version: string; reason: string; seconds?: number }
  /** The state of a release that is carried on, watched or waited for; while waiting, sent at each change. */
  | ({
      event: 'standing'
      alias: string
      version: string
      phase: Phase
      weight?: Weight
      summary: string
    } & StepPlace)
  /** The effect of a person's coming decision, the reason why the release waits, and the verdict of its gates. */
  | { event: 'deciding'; verb: SteeringVerb; effect: string; waiting?: string; verdict?: Verdict }
  /** The release waits for a person. */
  | { event: 'paused'; alias: string; reason: string }
  /** The version has all traffic; the release has ended. */
  | { event: 'done'; alias: string; version: string; previous: string | undefined }
  /** A hook begins. */
  | { event: 'hook'; hook: HookPoint; state: 'started' }
  /** A hook lets the release go on, or was stopped since the release goes another way. */
  | { event: 'hook'; hook: HookPoint; state: 'passed' | 'stopped'; seconds: number }
  /** A hook rolls the release back, or pauses it. */
  | {
      event: 'hook'
      hook: HookPoint
      state: 'failed' | 'inconclusive'
      seconds: number
      reason: string
      /** The last 4 KB of its output, without control characters. */
      output: string
    }
  /** One of several functions failed; the others go on. */
  | { event: 'failed'; code: ErrorCode; message: string; next: readonly string[] }
  /** A version was published, but another function failed before any alias was moved. */
  | { event: 'unused'; version: string; alias: string }
  /** Something that a person should know, and that stops nothing. */
  | { event: 'warning'; text: string }
)

/** A place within the plan. */
interface StepPlace {
  /** The number of the step, from 1 on; 0 before the first. */
  step: number
  /** The number of steps that the plan has. */
  steps: number
}

/** A release event with its time. */
export type TimedReleaseEvent = ReleaseEvent & Timed

interface Timed {
  /** Milliseconds since the epoch. */
  time: number
}
