import type { ErrorCode } from '../errors/codes.ts'
import { asLambdactlError, LambdactlError } from '../errors/error.ts'
import { alarmVerdict } from '../gates/alarm-gate.ts'
import { type Decision, decide, firstShift, type Observed, rollBack } from '../release/decide.ts'
import type { AlarmState, AliasState, Verdict } from '../release/observed.ts'
import type { Plan } from '../release/plan.ts'
import { parseRecord, type ReleaseRecord } from '../release/record.ts'
import { keepJournal } from './keep-journal.ts'
import type { Run, Target } from './run.ts'
import { rollAliasBack, shiftAlias } from './shift-alias.ts'

/** Looks are at most this far apart: a firing alarm is acted on within one. Milliseconds. */
const longestPollMs = 2000
const shortestPollMs = 250

interface Seen extends Observed {
  alarms: readonly AlarmState[]
}

/**
 * Carries a release from its first shift to its end: observes, decides, does, and observes again. The user's interrupt
 * rolls back.
 *
 * @param found the alias as read before the candidate was made, which fences the first shift; undefined creates it
 * @returns the alias when the candidate holds 100% and has baked
 * @throws LambdactlError ROLLED_BACK, PAUSED, INTERRUPTED, CONFLICT, ROLLBACK_FAILED
 */
export async function rollOut(
  run: Run,
  target: Target,
  plan: Plan,
  found: AliasState | undefined,
): Promise<AliasState> {
  await keepJournal(run, target, plan.id, { kind: 'plan', plan, replaced: found?.description })
  let alias = await shiftAlias(run, target, found, firstShift(plan, run.clock.now()))
  for (;;) {
    const record = await tellShift(run, target, plan, alias)
    if (record.phase === 'done') return alias
    alias = await orRollBack(run, target, plan, alias, record, holdStep(run, target, plan, alias))
  }
}

/** The ways in which `holdStep` ends a release on purpose. */
const endings: readonly ErrorCode[] = ['ROLLED_BACK', 'PAUSED', 'INTERRUPTED', 'CONFLICT', 'ROLLBACK_FAILED']

/** Whatever else goes wrong, the candidate does not keep its traffic. */
async function orRollBack(
  run: Run,
  target: Target,
  plan: Plan,
  alias: AliasState,
  record: ReleaseRecord,
  step: Promise<AliasState>,
): Promise<AliasState> {
  try {
    return await step
  } catch (error) {
    const failure = asLambdactlError(error)
    if (endings.includes(failure.code)) throw failure
    const decision = rollBack(plan, record, failure.message, run.clock.now())
    const verdict: Verdict = { outcome: 'inconclusive', reason: failure.message }
    return stop(run, target, plan, { alias, record, verdict, alarms: [] }, decision)
  }
}

/** Holds the present step until something is to be changed, and changes it. */
async function holdStep(run: Run, target: Target, plan: Plan, shifted: AliasState): Promise<AliasState> {
  let alias = shifted
  for (;;) {
    const seen = await observe(run, target, plan, alias)
    alias = seen.alias
    const decision = decideNow(run, plan, seen)
    tellObserved(run, target, plan, seen, decision)
    switch (decision.do) {
      case 'wait':
        await run.clock.sleep(pollMs(plan, decision.until - run.clock.now()), run.signal)
        break
      case 'shift':
      case 'finish':
        await keepJournal(run, target, plan.id, {
          kind: 'decision',
          do: decision.do,
          verdict: seen.verdict,
          alarms: seen.alarms,
        })
        return shiftAlias(run, target, alias, decision.change)
      default:
        return stop(run, target, plan, seen, decision)
    }
  }
}

function decideNow(run: Run, plan: Plan, seen: Seen): Decision {
  const now = run.clock.now()
  const decision = decide(plan, seen, now)
  if (!run.signal.aborted || decision.do === 'leave' || !seen.record) return decision
  return rollBack(plan, seen.record, 'interrupted by the user', now)
}

/** The ends that are not the candidate's success. */
async function stop(
  run: Run,
  target: Target,
  plan: Plan,
  { alias, alarms, verdict }: Seen,
  decision: Extract<Decision, { do: 'roll-back' | 'pause' | 'leave' }>,
): Promise<never> {
  const where = `${target.alias} of ${target.lambdaName}`
  if (decision.do === 'leave') {
    throw new LambdactlError(
      'CONFLICT',
      `The release stopped, and left the alias alone: ${decision.reason}.`,
      {
        next: [`See how it stands: lambdactl status ${target.function}.`],
      },
    )
  }
  if (decision.do === 'pause') {
    await shiftAlias(run, target, alias, decision.change)
    run.emit({ function: target.function, event: 'paused', alias: target.alias, reason: decision.reason })
    await keepJournal(run, target, plan.id, {
      kind: 'outcome',
      outcome: 'paused',
      reason: decision.reason,
      alarms,
    })
    throw new LambdactlError(
      'PAUSED',
      `The release of ${where} is paused, since its gates are inconclusive: ${decision.reason}.`,
      {
        next: [
          `End it with lambdactl rollback ${target.function}, or see what lacks data: lambdactl status ${target.function}.`,
        ],
      },
    )
  }
  const rolledBack = await rollAliasBack(run, target, alias, decision.change)
  const seconds = secondsSinceFiring(alarms, run.clock.now())
  const told = {
    alias: target.alias,
    version: rolledBack.version,
    reason: decision.reason,
    ...(seconds === undefined ? {} : { seconds }),
  }
  run.emit({ function: target.function, event: 'rolled-back', ...told })
  await keepJournal(run, target, plan.id, {
    kind: 'outcome',
    outcome: 'rolled-back',
    verdict,
    alarms,
    ...told,
  })
  const code = run.signal.aborted ? 'INTERRUPTED' : 'ROLLED_BACK'
  throw new LambdactlError(
    code,
    `Alias ${where} is back on version ${rolledBack.version}: ${decision.reason}.`,
    {
      next: [`See why: lambdactl logs tail ${target.function} --since 10m --no-follow.`],
    },
  )
}

/**
 * Reads the alias and the alarms side by side. While AWS does not answer, or the credentials have expired, the alias
 * counts as last seen and the gates as inconclusive.
 */
async function observe(run: Run, target: Target, plan: Plan, last: AliasState): Promise<Seen> {
  try {
    const [alias, alarms] = await Promise.all([
      run.aws.aliases.get(target.lambdaName, target.alias),
      plan.alarms.length > 0 ? run.aws.alarms.describe(plan.alarms) : [],
    ])
    if (!alias)
      throw new LambdactlError(
        'CONFLICT',
        `The alias ${target.alias} of ${target.lambdaName} was deleted meanwhile.`,
      )
    return {
      alias,
      record: parseRecord(alias.description),
      verdict: alarmVerdict(plan.alarms, alarms),
      alarms,
    }
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code === 'CONFLICT' || error.code === 'BUG') throw error
    const verdict: Verdict = { outcome: 'inconclusive', reason: error.message }
    return { alias: last, record: parseRecord(last.description), verdict, alarms: [] }
  }
}

async function tellShift(run: Run, target: Target, plan: Plan, alias: AliasState): Promise<ReleaseRecord> {
  const record = parseRecord(alias.description)
  if (!record) throw new LambdactlError('BUG', 'The alias came back without the record that was written.')
  const { version, weight } = alias
  const { step, steps } = record
  run.emit({
    function: target.function,
    event: 'shifted',
    alias: alias.name,
    version,
    ...(weight ? { weight } : {}),
    step,
    steps,
  })
  await keepJournal(run, target, plan.id, { kind: 'shifted', version, weight, phase: record.phase, step })
  if (record.phase === 'done') {
    run.emit({ function: target.function, event: 'done', alias: alias.name, version, previous: plan.stable })
    await keepJournal(run, target, plan.id, { kind: 'outcome', outcome: 'done', version })
  }
  return record
}

function tellObserved(run: Run, target: Target, plan: Plan, seen: Seen, decision: Decision): void {
  const step = seen.record?.step ?? 0
  const until = decision.do === 'wait' ? decision.until : run.clock.now()
  const { verdict, alarms } = seen
  run.emit({
    function: target.function,
    event: 'observed',
    verdict,
    alarms,
    step,
    steps: plan.steps.length,
    until,
  })
}

/** A tenth of the shortest hold, within bounds: seconds-long steps are watched more closely. */
function pollMs(plan: Plan, remainingMs: number): number {
  const holds = [...plan.steps.map(({ holdMs }) => holdMs), plan.bakeMs].filter((hold) => hold > 0)
  const tenth = Math.min(...holds) / 10
  const poll = Math.min(longestPollMs, Math.max(shortestPollMs, tenth))
  return Math.max(0, Math.min(poll, remainingMs))
}

function secondsSinceFiring(alarms: readonly AlarmState[], now: number): number | undefined {
  const firing = alarms.filter(({ condition }) => condition === 'ALARM').map(({ since }) => since)
  return firing.length === 0 ? undefined : Math.max(0, (now - Math.min(...firing)) / 1000)
}
