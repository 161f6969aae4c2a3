import type { WrittenStep } from '../../release/plan/steps.ts'
import type { PastFlag } from '../../release/plan/went-past.ts'
import type { AlarmSelector } from '../../release/values/alarm-selector.ts'
import type { Strategy } from '../../release/values/record.ts'

/** How a function is to be released. */
export interface ReleaseOptions {
  strategy: Exclude<Strategy, 'rollback'>
  /** Before 100%; none for all-at-once. */
  steps: readonly WrittenStep[]
  /** How long a step holds that says nothing else. */
  everyMs: number
  bakeMs: number
  alarms: readonly AlarmSelector[]
  /** Whether a release without any alarm is refused. */
  needsAlarm: boolean
  /** Why it goes past the gates that fail before anything is uploaded; undefined: it does not. */
  breakglass?: string | undefined
  /** The findings about the function itself that a person lets the release go past, on record; absent: none. */
  goPast?: readonly PastFlag[]
  /** Whether findings that are only warnings elsewhere stop the release, unless a flag goes past them. */
  isProtected?: boolean
  /** Plans only: reads, packages, compares and proves the gates, but changes nothing. */
  dryRun: boolean
  /** Whether the process stays with the release until its end; else it does what is due and leaves. */
  watch: boolean
}
