import { isConflict, mayPass } from '../../errors/after-a-call.ts'
import { isCode, isEndedCall, LambdactlError } from '../../errors/error.ts'
import { isWhereItWasPut } from '../../release/decision/decide.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { isMovedByHand, isUntouched } from '../../release/values/same-alias.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { shiftBack } from './shift-back.ts'

/** The time for which a rollback is tried while AWS does not answer, and the pause between tries; milliseconds. */
const rollbackPatienceMs = 60_000
const rollbackPauseMs = 1000
/** A laptop that slept through that time has hardly tried. */
const fewestTries = 3

/** A rollback from an alias's last known state. */
interface WayBack {
  found: AliasState
  change: AliasChange
  /** Distinguishes a weight that was set by hand from a step's; a person's command may have no plan. */
  plan?: Plan | undefined
}

/**
 * Rolls the alias back, and does not give up at the first failure: a throttled call must not leave traffic on the
 * candidate. If somebody else has moved the alias or the release has ended, the alias is left alone. If the stable
 * version was deleted, the alias goes to the version that held 100% before it.
 *
 * @throws LambdactlError ROLLBACK_FAILED if it could not be done, CONFLICT if somebody else has the alias
 */
export async function rollAliasBack(
  run: Run,
  target: Target,
  { found, change, plan }: WayBack,
): Promise<AliasState> {
  const deadline = run.clock.elapsed() + rollbackPatienceMs
  let alias = found
  for (let tries = 1; ; tries += 1) {
    try {
      return await shiftBack(run, target, alias, change)
    } catch (error) {
      const isPatient = tries < fewestTries || run.clock.elapsed() < deadline
      if (!isPatient || !mayPass(error)) throw rollbackFailed(target, alias, change, error)
      const last = alias
      if (isConflict(error)) alias = await readOurs(run, target, { found: last, change, plan }, error)
      if (parseRecord(alias.description)?.phase === 'rolled-back') return alias
      if (isUntouched(last, alias) && !isEndedCall(error)) await run.clock.pause(rollbackPauseMs)
    }
  }
}

/**
 * The alias's present state, or the last seen one while AWS does not answer.
 *
 * @throws the conflict if the alias no longer belongs to the release: it was moved, or the release is done
 */
async function readOurs(
  run: Run,
  target: Target,
  { found: last, change, plan }: WayBack,
  conflict: unknown,
): Promise<AliasState> {
  try {
    const now = await run.aws.aliases.get(target.lambdaName, target.alias)
    if (now && isStillOurs(now, last, change.record.id, plan)) return now
  } catch (error) {
    if (mayPass(error)) return last
    throw rollbackFailed(target, last, change, error)
  }
  throw conflict
}

/** In progress, or rolled back by another process. */
function isStillOurs(now: AliasState, last: AliasState, id: string, plan: Plan | undefined): boolean {
  const record = parseRecord(now.description)
  if (record?.id !== id || movedSince(now, record)) return false
  if (plan && !isWhereItWasPut(plan, now, record)) return false
  if (isMovedByHand(last, now)) return false
  return inProgress(record) || record.phase === 'rolled-back'
}

function rollbackFailed(
  target: Target,
  { version, weight }: AliasState,
  { record: { reason } }: AliasChange,
  cause: unknown,
): LambdactlError {
  const because = reason === undefined ? '' : ` (${reason})`
  const share = weight ? `, with ${weight.percent}% on version ${weight.version}` : ''
  const why = cause instanceof Error ? ` ${cause.message}` : ''
  const byHand = `Roll it back by hand: ${commandFor(target, 'rollback')}`
  return new LambdactlError(
    'ROLLBACK_FAILED',
    `Alias ${target.alias} of ${target.lambdaName} could not be rolled back${because}; it was last seen on version ${version}${share}.${why}`,
    { next: isCode(cause, 'NOT_FOUND') ? cause.next : [byHand], cause },
  )
}
