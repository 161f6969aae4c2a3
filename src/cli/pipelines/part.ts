import type { Course } from './course.ts'

/** One function's part of a command, for the steps of a pipeline that come after it. */
export interface Part {
  function: string
  /** As in the result's JSON; for a failed command `rolled-back`, `paused`, `interrupted` or `failed`. */
  outcome?: string | undefined
  version?: string | undefined
  previous?: string | undefined
  /** The release's id. */
  release?: string | undefined
  /** Whether this command began the release. */
  begun?: boolean | undefined
  /** Whether a person moved the alias by `rollback`: then `release` is the id of that, and of no deployment. */
  isByHand?: boolean | undefined
  /** Sentences for a person, which only the job's summary has. */
  notes?: readonly string[] | undefined
  /** The traffic of its release, which only the job's summary has. */
  course?: Course | undefined
}

/** A part that has ended. */
export type Outcome = Part & { outcome: string }
