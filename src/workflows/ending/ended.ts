import { asLambdactlError, type LambdactlError } from '../../errors/error.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'

/** The end of a release for the process that carried it; `resultOf` turns it into a result or an error. */
export type Ended =
  /** `unapplied`: the failure of its triggers, which leaves the alias as it is. */
  | { how: 'done'; alias: AliasState; unapplied?: LambdactlError }
  /** Another process has to carry it on; the next step is due at `next`, milliseconds since the epoch. */
  | { how: 'waiting'; alias: AliasState; next: number }
  /** A person has to decide. */
  | { how: 'paused'; awaitsApproval: boolean; reason: string; byInterrupt: boolean }
  /** A gate, a hook or an interrupt rolled it back. */
  | { how: 'rolled-back'; version: string; reason: string; byInterrupt: boolean }
  /** The alias was rolled back, since this process could not carry the release on. */
  | { how: 'taken-back'; version: string; failure: LambdactlError }
  /** Somebody else rolled it back. */
  | { how: 'rolled-back-elsewhere'; alias: AliasState; record: ReleaseRecord }
  /** Somebody else has the alias, which was left alone. */
  | { how: 'left'; reason: string }
  /** Another function failed before this one could move its alias. */
  | { how: 'unused' }
  | { how: 'failed'; error: LambdactlError }

/** The end of a release by any other error. */
export function failed(error: unknown): Ended & { how: 'failed' } {
  return { how: 'failed', error: asLambdactlError(error) }
}
