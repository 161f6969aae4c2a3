import type { WrittenStep } from '../../release/plan/steps.ts'
import type { PastFlag } from '../../release/plan/went-past.ts'
import type { AlarmSelector } from '../../release/values/alarms.ts'
import type { Strategy } from '../../release/values/record.ts'
import type { Run, Target } from './run.ts'

/** A function in another environment, whose version is released here. */
export interface Promotion {
  /** With AWS at the place of that environment. */
  run: Run
  target: Target
}

/** The options of a release. */
export interface ReleaseOptions {
  strategy: Exclude<Strategy, 'rollback'>
  /** The steps before 100%; empty for all-at-once. */
  steps: readonly WrittenStep[]
  /** The time that a step holds by default. */
  everyMs: number
  bakeMs: number
  alarms: readonly AlarmSelector[]
  /** Whether a release without an alarm is refused. */
  needsAlarm: boolean
  /** The reason for going past gates that fail before anything is uploaded; undefined: it does not. */
  breakglass?: string | undefined
  /** The findings about the function itself that a person lets the release go past, on record; absent: none. */
  goPast?: readonly PastFlag[]
  /** Whether findings stop the release that are only warnings elsewhere, unless a flag goes past them. */
  isProtected?: boolean
  /** Whether settings that another tool changed stop the release. */
  refusesConfigChange?: boolean
  /** The version of another environment to release; absent: the function's own code. */
  promotion?: Promotion
  /** Only plans: reads, packages, compares and proves the gates, but changes nothing. */
  dryRun: boolean
  /** Whether the process stays with the release until its end, or does only what is due and leaves. */
  watch: boolean
}
