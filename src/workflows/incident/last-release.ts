import type { LastRelease } from '../../operation/incident/onset.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { firstTrafficOf } from '../logs/last-shift.ts'
import type { Run, Target } from '../run/run.ts'
import { orWarn } from '../stopping/append-entry.ts'

/**
 * The last release of an alias as alarms are held against it. Its first traffic comes from the journal, by one call; if
 * that can't be read, the time of its last shift counts.
 */
export async function lastReleaseOf(
  run: Run,
  target: Target,
  alias: AliasState,
  record: ReleaseRecord,
): Promise<LastRelease> {
  const { id, strategy, candidate, phase, since } = record
  // A rollback by hand sends traffic to a version at once, and its candidate is the version that was left.
  if (strategy === 'rollback') return { id, version: alias.version, wentLive: since }
  const wentLive = await wentLiveBy(run, target, record)
  return { id, version: candidate, wentLive, ...(phase === 'rolled-back' && { wentBack: since }) }
}

async function wentLiveBy(run: Run, target: Target, record: ReleaseRecord): Promise<number> {
  const text = `The first traffic of ${record.id} is unknown, so its last shift counts.`
  return (await orWarn(run, target, text, () => firstTrafficOf(run, record))) ?? record.since
}
