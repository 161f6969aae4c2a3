import { isConflict, needsLook } from '../../errors/after-a-call.ts'
import { asLambdactlError, isEndedCall, LambdactlError } from '../../errors/error.ts'
import type { AliasSettings } from '../../ports/aliases.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import { formatRecord } from '../../release/values/record.ts'
import { isSameAlias } from '../../release/values/same-alias.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Makes one change to an alias, guarded by the revision that was read. If the answer was lost, the alias itself tells
 * whether the change was made.
 *
 * @throws LambdactlError CONFLICT if somebody else moved the alias
 */
export async function shiftAlias(
  run: Run,
  target: Target,
  found: AliasState | undefined,
  change: AliasChange,
): Promise<AliasState> {
  const { aliases } = run.aws
  const { version, weight, record } = change
  const settings = { version, weight, description: formatRecord(record) }
  try {
    if (!found) return await aliases.create(target.lambdaName, target.alias, settings)
    return await aliases.update(target.lambdaName, target.alias, settings, found.revisionId)
  } catch (error) {
    if (isEndedCall(error)) return settleEnded(run, target, settings, asLambdactlError(error))
    if (!needsLook(error)) throw error
    const now = await readAfter(run, target, error)
    if (now && isSameAlias(now, settings)) return now
    throw error
  }
}

/** How long an interrupt waits for the result of a change, milliseconds. */
const longestLookMs = 2000

/**
 * Finds out whether a change was made that an interrupt ended.
 *
 * @returns the alias if the change was made
 * @throws an error with the alias's place, or that it is unknown
 */
async function settleEnded(
  run: Run,
  target: Target,
  settings: AliasSettings,
  ended: LambdactlError,
): Promise<AliasState> {
  const now = await Promise.race([
    run.aws.aliases.get(target.lambdaName, target.alias).catch(() => undefined),
    run.clock.pause(longestLookMs).then(() => undefined),
  ])
  if (!now) throw ended
  const where = `${target.alias} of ${target.lambdaName} is on version ${now.version}${shareOf(now)}`
  if (isSameAlias(now, settings)) {
    const text = `interrupted after the alias was changed: ${where}`
    warn(run, target, text)
    return now
  }
  throw new LambdactlError('INTERRUPTED', `Interrupted before the alias was changed: ${where}.`, {
    next: [`See its state: ${commandFor(target, 'status')}`],
    cause: ended.cause,
  })
}

function shareOf({ weight }: AliasState): string {
  return weight ? `, with ${weight.percent}% on version ${weight.version}` : ''
}

/**
 * The alias after a change without an answer.
 *
 * @throws an error that its state is unknown, if the alias can't be read: a conflict alone would deny the change
 */
async function readAfter(run: Run, target: Target, error: unknown): Promise<AliasState | undefined> {
  try {
    return await run.aws.aliases.get(target.lambdaName, target.alias)
  } catch (unread) {
    if (!isConflict(error)) throw error
    const { message, brief, next } = asLambdactlError(unread)
    throw new LambdactlError('UNREACHABLE', message, { brief, next, cause: unread })
  }
}
