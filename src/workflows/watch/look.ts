import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import { observe, type Seen } from './observe.ts'
import { onInterruptOf } from './on-interrupt.ts'

/** The time that an interrupt which does not roll back waits for the gates, milliseconds. */
const lastLookMs = 3000

/**
 * Looks. After an interrupt it takes no longer than necessary: a rollback needs no gate, and the last seen alias guards
 * it.
 */
export async function look(release: PlannedRelease, last: AliasState): Promise<Seen> {
  const { run } = release
  if (!run.signal.aborted) {
    const seen = await observe(release, last)
    if (!run.signal.aborted || !seen.unread || seen.verdict.outcome === 'fail') return seen
  }
  const reason = 'interrupted before its gates were read'
  const record = parseRecord(last.description)
  const unread: Seen = {
    alias: last,
    record,
    verdict: { outcome: 'inconclusive', reason },
    alarms: [],
    unread: true,
  }
  if (onInterruptOf(run.signal) === 'roll-back') return unread
  return Promise.race([observe(release, last), run.clock.pause(lastLookMs).then(() => unread)])
}
