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
import { movedTrigger, triggerWays } from './trigger-ways.ts'
import { unseenWords, wasUpdatedSince } from './unseen-update.ts'

/** The parts of another tool's function that must stay while it is released. */
export type Beside = NonNullable<Plan['beside']>

/** Reads these parts as a release is planned on them. */
export async function besideOf(run: Run, target: Target, latest: FunctionState): Promise<Beside> {
  return { ...partsOf(latest), ...(await triggerWays(run, target)) }
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
  const { code, configuration, updated } = plan.beside
  const latest = await requireLatest(run, target)
  if (latest.status === 'changing') return `something other than lambdactl is updating ${target.lambdaName}`
  const parts = partsOf(latest)
  const changed = `something other than lambdactl changed ${target.lambdaName} since version ${plan.candidate} was published`
  if (parts.code !== code) return `${changed}: its code`
  if (parts.configuration !== configuration) return `${changed}${await changesSince(run, plan, latest)}`
  if (updated !== undefined && wasUpdatedSince(latest, updated)) return `${changed}: ${unseenWords}`
  return movedTrigger(run, target, plan.beside)
}

/**
 * Requires that no other tool changed them while the alias was made: a first release has nothing to go back to, and
 * nobody can carry it on.
 *
 * @throws LambdactlError CONFLICT
 */
export async function requireBesideFirst(release: PlannedRelease): Promise<void> {
  const { run, target, plan } = release
  if (plan.stable !== undefined) return
  const moved = await movedOrReplaced(release).catch((error: unknown) => {
    if (isCode(error, 'NOT_FOUND')) return 'something other than lambdactl deleted the function'
    return warnUnseen(run, target, error)
  })
  if (moved === undefined) return
  throw new LambdactlError(
    'CONFLICT',
    `Version ${plan.candidate} of ${target.lambdaName} has 100% of ${target.alias}, but ${moved}.`,
    {
      next: [
        `See its state: ${commandFor(target, 'status')}`,
        `Release the function as it is now: ${commandFor(target, 'deploy')}`,
      ],
    },
  )
}

/**
 * Requires that no other tool changed them before the first shift.
 *
 * @throws LambdactlError CONFLICT
 */
export async function requireBeside(release: PlannedRelease): Promise<void> {
  const moved = await movedOrReplaced(release)
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

/**
 * The same with the candidate itself. A function that its tool deletes and makes again counts its versions from 1, so
 * the candidate's number may be another version by then. Once the alias has the version, Lambda keeps it.
 */
async function movedOrReplaced(release: PlannedRelease): Promise<string | undefined> {
  const moved = await movedBeside(release)
  const { run, target, plan } = release
  if (moved !== undefined || !plan.beside) return moved
  const now = await run.aws.functions.get(target.lambdaName, plan.candidate)
  if (!now) return `something other than lambdactl deleted version ${plan.candidate} of ${target.lambdaName}`
  const { code, configuration } = partsOf(now)
  if (code === plan.beside.code && configuration === plan.beside.configuration) return undefined
  return `something other than lambdactl made ${target.lambdaName} again, and its version ${plan.candidate} is another one now`
}

function warnUnseen(run: Run, target: Target, error: unknown): undefined {
  const text = `lambdactl could not see whether another tool changed ${target.lambdaName} meanwhile: ${asLambdactlError(error).message}`
  warn(run, target, text)
}

/** Warns of the changes that a person's decision accepts, unless the release waits because of them. */
export async function tellAccepted(
  release: PlannedRelease,
  verb: string,
  waitsSince: string | undefined,
): Promise<void> {
  const { run, target, plan } = release
  const moved = await movedBeside(release).catch((error: unknown) => warnUnseen(run, target, error))
  if (moved === undefined || waitsSince?.includes(moved)) return
  warn(run, target, `${moved}; ${verb} accepts this, and version ${plan.candidate} stays as it was proven`)
}

async function requireLatest({ aws: { functions } }: Run, { lambdaName }: Target): Promise<FunctionState> {
  const latest = await functions.get(lambdaName)
  if (latest) return latest
  throw new LambdactlError('NOT_FOUND', `The function ${lambdaName} was deleted meanwhile.`)
}

function partsOf(state: FunctionState): Omit<Beside, 'bypasses' | 'through'> {
  const { codeSha256: code, settings, hiddenVariables, lastModified: updated } = state
  return { code, configuration: fingerprintOf(settings), ...(hiddenVariables !== undefined && { updated }) }
}

/** A version that is gone, or can't be read now, has nothing to compare with: the change is told without its parts. */
async function changesSince(
  { aws: { functions } }: Run,
  { candidate }: Plan,
  { name, settings }: FunctionState,
): Promise<string> {
  const published = await functions.get(name, candidate).catch(() => undefined)
  const changes = published ? configurationChanges(published.settings, settings).map(changeWords) : []
  return changes.length > 0 ? `: ${changes.join('; ')}` : ''
}
