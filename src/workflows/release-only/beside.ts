import { isDeepStrictEqual } from 'node:util'
import { asLambdactlError, isCode, LambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { changeWords } from '../../release/changes/change-words.ts'
import { configurationChanges } from '../../release/changes/configuration-changes.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { fingerprintOf } from '../settings/fingerprint.ts'

/** The parts of another tool's function that must stay while it is released. */
export type Beside = NonNullable<Plan['beside']>

/** Reads these parts as a release is planned on them. */
export async function besideOf(run: Run, target: Target, latest: FunctionState): Promise<Beside> {
  const bypasses = await bypassesOf(run, target)
  return { ...partsOf(latest), ...(bypasses && { bypasses }) }
}

/** Returns a plan with the code and settings of the published version, which $LATEST has at that moment. */
export function besidePublished(plan: Plan, published: FunctionState): Plan {
  return plan.beside ? { ...plan, beside: { ...plan.beside, ...partsOf(published) } } : plan
}

/**
 * Returns a plan that takes another tool's changes as they are now, since a person lets the release go on; the same plan
 * if there are none, or they can't be read.
 */
export async function accepting(run: Run, target: Target, plan: Plan): Promise<Plan> {
  if (!plan.beside) return plan
  try {
    const beside = await besideOf(run, target, await requireLatest(run, target))
    return isDeepStrictEqual(beside, plan.beside) ? plan : { ...plan, beside }
  } catch (error) {
    const text = `another tool's changes since the release began are not accepted, since they could not be read: ${asLambdactlError(error).message}`
    warn(run, target, text)
    return plan
  }
}

/**
 * Tells which part another tool changed since the release began on it, in words after "since"; undefined for none.
 *
 * @throws LambdactlError if AWS can't be read, or the function is gone
 */
export async function movedBeside({ run, target, plan }: PlannedRelease): Promise<string | undefined> {
  if (!plan.beside) return undefined
  const { code, configuration, bypasses } = plan.beside
  const latest = await requireLatest(run, target)
  if (latest.status === 'changing') return `something other than lambdactl is updating ${target.lambdaName}`
  const parts = partsOf(latest)
  const changed = `something other than lambdactl changed ${target.lambdaName} since version ${plan.candidate} was published`
  if (parts.code !== code) return `${changed}: its code`
  if (parts.configuration !== configuration) return `${changed}${await changesSince(run, plan, latest)}`
  const added = bypasses && (await bypassesOf(run, target))?.filter((each) => !bypasses.includes(each))
  if (!added || added.length === 0) return undefined
  return `a trigger now invokes $LATEST of ${target.lambdaName} past ${target.alias}: ${added.join(', ')}`
}

/**
 * Requires that no other tool changed them before the first shift.
 *
 * @throws LambdactlError CONFLICT
 */
export async function requireBeside(release: PlannedRelease): Promise<void> {
  const moved = await movedBeside(release)
  if (moved === undefined) return
  const { target } = release
  throw new LambdactlError(
    'CONFLICT',
    `No traffic was moved to ${target.alias}'s new version, since ${moved}.`,
    {
      next: [
        `Run the command again when that tool has finished: it starts from the present state.`,
        `See its state: ${commandFor(target, 'status')}`,
      ],
    },
  )
}

async function requireLatest({ aws: { functions } }: Run, { lambdaName }: Target): Promise<FunctionState> {
  const latest = await functions.get(lambdaName)
  if (latest) return latest
  throw new LambdactlError('NOT_FOUND', `The function ${lambdaName} was deleted meanwhile.`)
}

function partsOf({ codeSha256, settings }: FunctionState): Pick<Beside, 'code' | 'configuration'> {
  return { code: codeSha256, configuration: fingerprintOf(settings) }
}

/** A version that is gone has nothing to compare with. */
async function changesSince(
  { aws: { functions } }: Run,
  { candidate }: Plan,
  { name, settings }: FunctionState,
): Promise<string> {
  const published = await functions.get(name, candidate)
  const changes = published ? configurationChanges(published.settings, settings).map(changeWords) : []
  return changes.length > 0 ? `: ${changes.join('; ')}` : ''
}

/** Undefined for a caller who may not see them. */
async function bypassesOf(
  { aws: { triggers } }: Run,
  { lambdaName, alias }: Target,
): Promise<string[] | undefined> {
  try {
    const found = await triggers.list(lambdaName, alias)
    return found.filter(({ qualifier }) => qualifier === undefined).map(({ description }) => description)
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return undefined
    throw error
  }
}
