import { LambdactlError } from '../../errors/error.ts'
import { sentence } from '../../errors/sentence.ts'
import type { Decision } from '../../release/decision/decide.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { JudgedAlarm } from '../../release/values/observed.ts'
import { inProgress, type ReleaseRecord, wasRolledBack } from '../../release/values/record.ts'
import { rollAliasBack } from '../alias/roll-alias-back.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import type { ReleaseHooks } from '../hooks/release-hooks.ts'
import { keepJournal } from '../run/keep-journal.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import type { Seen } from '../watch/observe.ts'
import { isInterrupted } from '../watch/on-interrupt.ts'

type Ending = Extract<Decision, { do: 'roll-back' | 'pause' | 'stay' | 'leave' }>

/**
 * Ends a release in a way that is not the candidate's success.
 *
 * @throws LambdactlError ROLLED_BACK, INTERRUPTED, PAUSED, CONFLICT, ROLLBACK_FAILED, or the code of what made it end;
 * it never returns
 */
export async function endRelease(
  run: Run,
  target: Target,
  plan: Plan,
  seen: Seen,
  decision: Ending,
  hooks: ReleaseHooks,
): Promise<never> {
  switch (decision.do) {
    case 'leave':
      return leave(run, target, plan, seen, decision)
    case 'stay':
      throw paused(run, target, seen.record, decision.reason)
    case 'pause':
      return pause(run, target, plan, seen, decision)
    case 'roll-back':
      return rollBackTo(run, target, plan, seen, decision, hooks)
  }
}

/** Puts the outcome of the release on record, unless it ended before. */
async function leave(
  run: Run,
  target: Target,
  plan: Plan,
  seen: Seen,
  { reason }: Extract<Ending, { do: 'leave' }>,
): Promise<never> {
  const isOurs = seen.record?.id === plan.id
  if (seen.record && wasRolledBack(plan, seen.record)) throw rolledBackElsewhere(target, seen)
  if (!isOurs || inProgress(seen.record)) await journalLeft(run, target, plan, reason)
  throw new LambdactlError('CONFLICT', `The release stopped, and left the alias alone: ${reason}.`, {
    next: [`See how it stands: ${commandFor(target, 'status')}`],
  })
}

/** Puts on record that the alias is no longer the release's. */
export async function journalLeft(run: Run, target: Target, plan: Plan, reason: string): Promise<void> {
  await keepJournal(run, target, plan.id, { kind: 'outcome', outcome: 'left', reason })
}

async function pause(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, alarms, comparison, unread }: Seen,
  { change, reason }: Extract<Ending, { do: 'pause' }>,
): Promise<never> {
  await shiftAlias(run, target, alias, change)
  run.emit({ function: target.function, event: 'paused', alias: target.alias, reason })
  await keepJournal(run, target, plan.id, {
    kind: 'outcome',
    outcome: 'paused',
    reason,
    alarms,
    comparison: comparison?.metrics,
  })
  const undecided = change.record.phase === 'paused' && !isInterrupted(run.signal)
  const why = unread ? 'AWS could not be read' : 'its gates are inconclusive'
  throw paused(run, target, change.record, undecided ? `${why}: ${reason}` : reason)
}

function paused(
  { signal }: Run,
  target: Target,
  record: ReleaseRecord | undefined,
  reason: string,
): LambdactlError {
  const code = isInterrupted(signal) ? 'INTERRUPTED' : 'PAUSED'
  const awaits = record?.phase === 'awaiting-approval'
  const how = awaits ? 'awaits approval' : 'is paused'
  const howOn = awaits ? 'Let it go on' : 'Let its step, or its bake, begin again'
  return new LambdactlError(
    code,
    `The release of ${target.alias} of ${target.lambdaName} ${how}: ${sentence(reason)}`,
    {
      next: [
        `See how it stands: ${commandFor(target, 'status')}`,
        `${howOn}: ${commandFor(target, 'canary approve')}`,
        `Or do so, and carry it on from here: ${commandFor(target, 'canary resume', '--approve')}`,
        `Give it everything, whatever its steps have yet to show: ${commandFor(target, 'canary promote')}`,
        `End it: ${commandFor(target, 'canary abort')}`,
      ],
    },
  )
}

function rolledBackElsewhere(target: Target, { alias, record }: Seen): LambdactlError {
  const because = record?.reason ? `: ${record.reason}` : ''
  const who = record?.strategy === 'rollback' ? `Rollback ${record.id}` : 'Another process'
  return new LambdactlError(
    'ROLLED_BACK',
    `${who} put alias ${target.alias} of ${target.lambdaName} back on version ${alias.version}${because}.`,
    {
      next: [`See how it stands: ${commandFor(target, 'status')}`],
    },
  )
}

async function rollBackTo(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, alarms, verdict, comparison, failure }: Seen,
  { change, reason }: Extract<Ending, { do: 'roll-back' }>,
  hooks: ReleaseHooks,
): Promise<never> {
  const { version } = await rollAliasBack(run, target, alias, change, plan)
  const seconds = secondsSinceFiring(alarms, run.clock.now())
  const told = { alias: target.alias, version, reason, ...(seconds === undefined ? {} : { seconds }) }
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
  const byInterrupt = isInterrupted(run.signal)
  await hooks.afterRollback(change.record, reason)
  const what = `Alias ${target.alias} of ${target.lambdaName} is back on version ${version}: ${reason}.`
  if (byInterrupt) throw new LambdactlError('INTERRUPTED', what)
  if (failure) throw tookBack(target, version, failure)
  throw new LambdactlError('ROLLED_BACK', what, {
    next: [
      `See why: ${commandFor(target, 'logs tail', '--version', plan.candidate, '--since', '10m', '--no-follow')}`,
    ],
  })
}

/** No gate had to do with it, so it is told, and exits, as what it failed with. */
function tookBack(target: Target, version: string, { code, message, next }: LambdactlError): LambdactlError {
  return new LambdactlError(
    code,
    `Alias ${target.alias} of ${target.lambdaName} is back on version ${version}, since its release could not be carried on. ${message}`,
    { next: [...next, `See how it stands: ${commandFor(target, 'status')}`] },
  )
}

function secondsSinceFiring(alarms: readonly JudgedAlarm[], now: number): number | undefined {
  const firing = alarms.filter(({ verdict }) => verdict === 'fail').map(({ since }) => since)
  return firing.length === 0 ? undefined : Math.max(0, (now - Math.min(...firing)) / 1000)
}
