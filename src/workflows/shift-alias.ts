import type { ErrorCode } from '../errors/codes.ts'
import { asLambdactlError, isCode, LambdactlError } from '../errors/error.ts'
import type { AliasSettings } from '../ports/aliases.ts'
import type { AliasChange, AliasState } from '../release/observed.ts'
import { formatRecord, parseRecord } from '../release/record.ts'
import { commandFor, type Run, type Target } from './run.ts'

/** After these the change may have been made all the same: by an attempt whose answer was lost. */
const unanswered: readonly ErrorCode[] = ['CONFLICT', 'UNREACHABLE', 'AWS_UNAVAILABLE']

/**
 * Makes one change to an alias, fenced by the revision it was read with. Where the answer was lost, the alias itself
 * tells whether the change was made.
 *
 * @throws LambdactlError CONFLICT when somebody else moved the alias
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
    if (!unanswered.includes(asLambdactlError(error).code)) throw error
    const now = await aliases.get(target.lambdaName, target.alias)
    if (now && isAt(now, settings)) return now
    throw error
  }
}

/** Whoever moves an alias by hand keeps its Description, so that alone does not tell. */
function isAt(alias: AliasState, { version, weight, description }: AliasSettings): boolean {
  const { version: other, percent } = alias.weight ?? {}
  return (
    alias.description === description &&
    alias.version === version &&
    other === weight?.version &&
    percent === weight?.percent
  )
}

/** How long a rollback is tried while AWS does not answer, and the pause between tries; milliseconds. */
const rollbackPatienceMs = 60_000
const rollbackPauseMs = 1000

/**
 * Rolls the alias back, and does not give up on the first failure: candidates must not keep traffic because of a
 * throttled call. An alias that another release holds by now is left alone.
 *
 * @throws LambdactlError ROLLBACK_FAILED when it could not be done, CONFLICT when the alias is somebody else's
 */
export async function rollAliasBack(
  run: Run,
  target: Target,
  found: AliasState,
  change: AliasChange,
): Promise<AliasState> {
  const deadline = run.clock.now() + rollbackPatienceMs
  let alias = found
  for (;;) {
    try {
      return await shiftAlias(run, target, alias, change)
    } catch (error) {
      if (run.clock.now() >= deadline || !mayPass(error)) throw rollbackFailed(target, alias, error)
      const { revisionId } = alias
      if (isCode(error, 'CONFLICT')) alias = await readOurs(run, target, alias, change, error)
      if (alias.revisionId === revisionId) await run.clock.sleep(rollbackPauseMs)
    }
  }
}

/** What another try may cure; an error that nobody foresaw is no reason to leave the candidate its traffic. */
const passing: readonly ErrorCode[] = ['CONFLICT', 'AWS_UNAVAILABLE', 'UNREACHABLE', 'BUG']

function mayPass(error: unknown): boolean {
  return passing.includes(asLambdactlError(error).code)
}

/**
 * The alias as it is now, or as last seen while AWS does not answer.
 *
 * @throws the conflict when another release has it, or it is on versions that this release did not put there
 */
async function readOurs(
  run: Run,
  target: Target,
  last: AliasState,
  { version, record }: AliasChange,
  conflict: unknown,
): Promise<AliasState> {
  try {
    const now = await run.aws.aliases.get(target.lambdaName, target.alias)
    const ours = [version, record.candidate]
    const on = now ? [now.version, now.weight?.version ?? now.version] : []
    if (now && parseRecord(now.description)?.id === record.id && on.every((one) => ours.includes(one)))
      return now
  } catch (error) {
    if (mayPass(error)) return last
    throw rollbackFailed(target, last, error)
  }
  throw conflict
}

function rollbackFailed(target: Target, { version, weight }: AliasState, cause: unknown): LambdactlError {
  const share = weight ? `, with ${weight.percent}% on version ${weight.version}` : ''
  const why = cause instanceof Error ? ` ${cause.message}` : ''
  return new LambdactlError(
    'ROLLBACK_FAILED',
    `Alias ${target.alias} of ${target.lambdaName} could not be rolled back; it was last seen on version ${version}${share}.${why}`,
    { next: [`Roll it back by hand: ${commandFor(target, 'rollback')}`], cause },
  )
}
