import type { AliasState } from '../../../src/release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../../src/release/values/record.ts'
import { isVerb, type Process } from './process.ts'
import { failed, shareOf } from './rules.ts'

/** How far a time that was learnt may be off: a second that HTTP cuts off, and the way of an answer. */
const learntMs = 4000

/** In true time, whatever the machines' clocks say: no record is ahead, and no step is cut short. */
export function wrongsOfTime(
  process: Process,
  before: AliasState | undefined,
  after: AliasState,
  record: ReleaseRecord,
  now: number,
): string[] {
  const last = before && parseRecord(before.description)
  const { plan } = process
  const moves =
    plan && last?.id === plan.id && shareOf(after, plan.candidate) > shareOf(before, plan.candidate)
  // Of two answers that contradict each other, nobody knows which one lies; and before the first there is its own clock.
  const isTold = moves && process.heard > 3
  const step = plan?.steps[(last?.step ?? 0) - 1]
  const held = last?.phase === 'shifting' && step && moves && !isVerb(process) ? step.holdMs : 0
  return failed([
    [!isTold || record.since <= now + learntMs, `wrote a time that is ${record.since - now} ms ahead`],
    [held === 0 || now >= (last?.since ?? 0) + held - learntMs, 'cut a step short, by the true time'],
  ])
}

/** Where the function has provisioned concurrency, traffic goes up on versions that are ready for it. */
export function wrongsOfCold(
  { plan }: Process,
  before: AliasState | undefined,
  after: AliasState,
  isWarm: (version: string) => boolean,
): string[] {
  if (!plan?.provisioned || isWarm(plan.candidate)) return []
  const isMore = shareOf(after, plan.candidate) > shareOf(before, plan.candidate)
  return isMore ? [`gave version ${plan.candidate} traffic before its environments were ready`] : []
}
