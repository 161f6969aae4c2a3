import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { Run, Target } from '../run/run.ts'
import { observe, type Seen } from './observe.ts'
import { onInterruptOf } from './on-interrupt.ts'

/** How long an interrupt that does not roll back waits for what the gates say, milliseconds. */
const lastLookMs = 3000

/**
 * Looks; once it was interrupted, no longer than has to be: what rolls back needs no gate, and is fenced by the alias as
 * last seen.
 */
export async function look(run: Run, target: Target, plan: Plan, last: AliasState): Promise<Seen> {
  if (!run.signal.aborted) {
    const seen = await observe(run, target, plan, last)
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
  return Promise.race([observe(run, target, plan, last), run.clock.sleep(lastLookMs).then(() => unread)])
}
