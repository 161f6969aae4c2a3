import { isCode, type LambdactlError } from '../../errors/error.ts'
import { type Decision, rollBack } from '../../release/decision/decide.ts'
import type { AliasState, JudgedAlarm } from '../../release/values/observed.ts'
import { inProgress, type ReleaseRecord, wasRolledBack } from '../../release/values/record.ts'
import { rollAliasBack } from '../alias/roll-alias-back.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import { type Ended, failed } from '../ending/ended.ts'
import { afterRollback } from '../hooks/after-rollback.ts'
import { keepJournal } from '../run/keep-journal.ts'
import type { PlannedRelease, Release } from '../run/release.ts'
import type { Seen } from '../watch/observe.ts'
import { isInterrupted } from '../watch/on-interrupt.ts'

type DecisionTo<Do extends Decision['do']> = Extract<Decision, { do: Do }>

/** The decisions that end a release in another way than the candidate's success. */
export type EndingDecision = DecisionTo<'roll-back' | 'pause' | 'stay' | 'leave'>

/**
 * Ends a release, or the following of it, by a decision.
 *
 * @throws LambdactlError CONFLICT if the alias moved meanwhile, and any error that keeps the alias from being changed
 */
export async function endRelease(release: Release, seen: Seen, decision: EndingDecision): Promise<Ended> {
  switch (decision.do) {
    case 'leave':
      return leave(release, seen, decision)
    case 'stay':
      return pausedAt(release, seen.record, decision.reason)
    case 'pause':
      return pause(release, seen, decision)
    case 'roll-back':
      return rollBackTo(release, seen, decision)
  }
}

/** Rolls a release back that can't be carried on, from the known or intended state of its alias. */
export async function takeBack(
  release: Release,
  alias: AliasState,
  record: ReleaseRecord,
  failure: LambdactlError,
): Promise<Ended> {
  const decision = rollBack(record, failure.brief, release.run.clock.now())
  return endRelease(release, seenWithout(alias, record, failure), decision)
}

/** Returns the state as far as it is known after a failed look. */
export function seenWithout(
  alias: AliasState,
  record: ReleaseRecord | undefined,
  failure: LambdactlError,
): Seen {
  return { alias, record, verdict: { outcome: 'inconclusive', reason: failure.brief }, alarms: [], failure }
}

/** Puts on record that the alias is no longer the release's, unless the release had ended before. */
async function leave(
  release: PlannedRelease,
  { alias, record }: Seen,
  { reason }: DecisionTo<'leave'>,
): Promise<Ended> {
  const { plan } = release
  if (record && wasRolledBack(plan, record)) return { how: 'rolled-back-elsewhere', alias, record }
  if (record?.id !== plan.id || inProgress(record)) await journalLeft(release, reason)
  return { how: 'left', reason }
}

/** Puts on record that the alias is no longer the release's. */
export async function journalLeft({ run, target, plan }: PlannedRelease, reason: string): Promise<void> {
  await keepJournal(run, target, plan.id, { kind: 'outcome', outcome: 'left', reason })
}

async function pause(
  release: PlannedRelease,
  { alias, alarms, comparison, unread }: Seen,
  { change, reason }: DecisionTo<'pause'>,
): Promise<Ended> {
  const { run, target, plan } = release
  await shiftAlias(run, target, alias, change)
  run.emit({ function: target.function, event: 'paused', alias: target.alias, reason })
  await keepJournal(run, target, plan.id, {
    kind: 'outcome',
    outcome: 'paused',
    reason,
    alarms,
    comparison: comparison?.metrics,
  })
  const isUndecided = change.record.phase === 'paused' && !isInterrupted(run.signal)
  const why = unread ? 'AWS could not be read' : 'its gates are inconclusive'
  return pausedAt(release, change.record, isUndecided ? `${why}: ${reason}` : reason)
}

function pausedAt({ run }: PlannedRelease, record: ReleaseRecord | undefined, reason: string): Ended {
  const awaitsApproval = record?.phase === 'awaiting-approval'
  return { how: 'paused', awaitsApproval, reason, byInterrupt: isInterrupted(run.signal) }
}

async function rollBackTo(release: Release, seen: Seen, decision: DecisionTo<'roll-back'>): Promise<Ended> {
  const { run, target, plan } = release
  const { change, reason } = decision
  try {
    const { version } = await rollAliasBack(run, target, { found: seen.alias, change, plan })
    await tellRolledBack(release, seen, { version, reason })
    const byInterrupt = isInterrupted(run.signal)
    await afterRollback(release, change.record, reason)
    const { failure } = seen
    return failure && !byInterrupt
      ? { how: 'taken-back', version, failure }
      : { how: 'rolled-back', version, reason, byInterrupt }
  } catch (error) {
    // Nothing more can be done here: a person is needed.
    if (isCode(error, 'ROLLBACK_FAILED')) return failed(error)
    throw error
  }
}

async function tellRolledBack(
  { run, target, plan }: PlannedRelease,
  { alarms, verdict, comparison, failure }: Seen,
  back: { version: string; reason: string },
): Promise<void> {
  const seconds = secondsSinceFiring(alarms, run.clock.now())
  const told = { alias: target.alias, ...back, ...(seconds === undefined ? {} : { seconds }) }
  run.emit({ function: target.function, event: 'rolled-back', ...told })
  await keepJournal(run, target, plan.id, {
    kind: 'outcome',
    outcome: 'rolled-back',
    verdict,
    alarms,
    comparison: comparison?.metrics,
    ...told,
    ...(failure && { failure: failure.message }),
  })
}

function secondsSinceFiring(alarms: readonly JudgedAlarm[], now: number): number | undefined {
  const firing = alarms.filter(({ verdict }) => verdict === 'fail').map(({ since }) => since)
  return firing.length === 0 ? undefined : Math.max(0, (now - Math.min(...firing)) / 1000)
}
