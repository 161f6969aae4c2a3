import { asLambdactlError } from '../../errors/error.ts'
import { readEntries } from '../../release/journal/entry.ts'
import { lastRecord } from '../../release/journal/last-record.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { farthestMs } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** The journal's record of an alias's last release, or the reason why the journal does not tell. */
export interface LostRecord {
  record: ReleaseRecord | undefined
  /** One sentence; undefined if the journal was read. */
  unread: string | undefined
}

/** Finds the last release of an alias in the journal of the last 30 days, for an alias without a record. */
export async function findLostRecord(run: Run, target: Target): Promise<LostRecord> {
  try {
    const entries = await run.aws.journal.since(run.clock.now() - farthestMs, target.lambdaName)
    return { record: lastRecord(readEntries(entries), target), unread: undefined }
  } catch (error) {
    return { record: undefined, unread: asLambdactlError(error).message }
  }
}

/**
 * The journal's record of the last release of an alias whose Description has none; undefined for any other alias. Warns
 * if the journal can't be read.
 */
export async function lostRecordOf(
  run: Run,
  target: Target,
  { description }: AliasState,
): Promise<ReleaseRecord | undefined> {
  if (parseRecord(description)) return undefined
  const { record, unread } = await findLostRecord(run, target)
  if (unread !== undefined) {
    const what = `the journal could not be read, so an earlier release of ${target.alias} may be unknown: ${unread}`
    warn(run, target, what)
  }
  return record
}
