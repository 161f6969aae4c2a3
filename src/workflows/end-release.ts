import { LambdactlError } from '../errors/error.ts'
import type { Decision } from '../release/decide.ts'
import type { AlarmState } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { keepJournal } from './keep-journal.ts'
import type { Seen } from './observe.ts'
import { commandFor, type Run, type Target } from './run.ts'
import { rollAliasBack, shiftAlias } from './shift-alias.ts'

type Ending = Extract<Decision, { do: 'roll-back' | 'pause' | 'leave' }>

/**
 * Ends a release in a way that is not the candidate's success.
 *
 * @throws LambdactlError ROLLED_BACK, INTERRUPTED, PAUSED, CONFLICT, ROLLBACK_FAILED; it never returns
 */
export async function endRelease(
  run: Run,
  target: Target,
  plan: Plan,
  seen: Seen,
  decision: Ending,
): Promise<never> {
  switch (decision.do) {
    case 'leave':
      throw new LambdactlError(
        'CONFLICT',
        `The release stopped, and left the alias alone: ${decision.reason}.`,
        {
          next: [`See how it stands: ${commandFor(target, 'status')}`],
        },
      )
    case 'pause':
      return pause(run, target, plan, seen, decision)
    case 'roll-back':
      return rollBackTo(run, target, plan, seen, decision)
  }
}

async function pause(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, alarms }: Seen,
  { change, reason }: Extract<Ending, { do: 'pause' }>,
): Promise<never> {
  await shiftAlias(run, target, alias, change)
  run.emit({ function: target.function, event: 'paused', alias: target.alias, reason })
  await keepJournal(run, target, plan.id, { kind: 'outcome', outcome: 'paused', reason, alarms })
  const what = `${target.alias} of ${target.lambdaName}`
  throw new LambdactlError(
    'PAUSED',
    `The release of ${what} is paused, since its gates are inconclusive: ${reason}.`,
    {
      next: [
        `See what lacks data: ${commandFor(target, 'status')}`,
        `End it: ${commandFor(target, 'rollback')}`,
      ],
    },
  )
}

async function rollBackTo(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, alarms, verdict }: Seen,
  { change, reason }: Extract<Ending, { do: 'roll-back' }>,
): Promise<never> {
  const { version } = await rollAliasBack(run, target, alias, change)
  const seconds = secondsSinceFiring(alarms, run.clock.now())
  const told = { alias: target.alias, version, reason, ...(seconds === undefined ? {} : { seconds }) }
  run.emit({ function: target.function, event: 'rolled-back', ...told })
  await keepJournal(run, target, plan.id, {
    kind: 'outcome',
    outcome: 'rolled-back',
    verdict,
    alarms,
    ...told,
  })
  const what = `Alias ${target.alias} of ${target.lambdaName} is back on version ${version}: ${reason}.`
  if (run.signal.aborted) throw new LambdactlError('INTERRUPTED', what)
  throw new LambdactlError('ROLLED_BACK', what, {
    next: [`See why: ${commandFor(target, 'logs tail', '--since', '10m', '--no-follow')}`],
  })
}

function secondsSinceFiring(alarms: readonly AlarmState[], now: number): number | undefined {
  const firing = alarms.filter(({ condition }) => condition === 'ALARM').map(({ since }) => since)
  return firing.length === 0 ? undefined : Math.max(0, (now - Math.min(...firing)) / 1000)
}
