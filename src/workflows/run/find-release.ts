import { isCode, LambdactlError } from '../../errors/error.ts'
import { standing } from '../../release/decision/standing.ts'
import { readEntries } from '../../release/journal/entry.ts'
import { type PassedHook, passedHooks } from '../../release/journal/passed-hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { readPlan } from '../../release/plan/plan-schema.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, commandsFor, type Run, type Target } from './run.ts'

/** The last release of an alias, from the alias alone. */
export interface FoundRelease {
  alias: AliasState
  record: ReleaseRecord
}

/**
 * Finds the last release of an alias, with any outcome.
 *
 * @throws LambdactlError NOT_FOUND if there is no alias, or it has no release of lambdactl
 */
export async function findRelease(run: Run, target: Target): Promise<FoundRelease> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  const record = alias && parseRecord(alias.description)
  if (alias && record) return { alias, record }
  const what = `${target.lambdaName} has no ${alias ? `release on record at alias ${target.alias}` : `alias ${target.alias}`}.`
  throw new LambdactlError('NOT_FOUND', what, {
    next: [`Begin one: ${commandFor(target, 'canary')}`],
  })
}

/**
 * Requires that a release is in progress.
 *
 * @throws LambdactlError CONFLICT with the alias's present state
 */
export function requireInProgress(target: Target, { alias, record }: FoundRelease, verb: string): void {
  if (inProgress(record)) return
  const { summary } = standing(alias, record, commandsFor(target))
  throw new LambdactlError(
    'CONFLICT',
    `There is nothing to ${verb}, since no release is in progress: ${summary}`,
    {
      next: [`See its state: ${commandFor(target, 'status')}`],
    },
  )
}

/**
 * Requires that the alias is where its release put it.
 *
 * @throws LambdactlError CONFLICT if somebody moved it by hand
 */
export function requireUnmoved(target: Target, { alias, record }: FoundRelease, verb: string): void {
  if (!movedSince(alias, record)) return
  const { summary, next = [] } = standing(alias, record, commandsFor(target))
  throw new LambdactlError('CONFLICT', `There is no release to ${verb}: ${summary}`, {
    next,
  })
}

/**
 * Requires that a plan carries the release: a weight that somebody restored by hand has none.
 *
 * @throws LambdactlError CONFLICT with the commands that a person can use instead
 */
export function requireCarried(target: Target, { alias, record }: FoundRelease, verb: string): void {
  if (record.strategy !== 'rollback') return
  const { summary, next = [] } = standing(alias, record, commandsFor(target))
  throw new LambdactlError('CONFLICT', `There is no release to ${verb}: ${summary}`, {
    next,
  })
}

/**
 * The plan of a release, from its journal.
 *
 * @throws LambdactlError NOT_FOUND if the journal does not have it
 */
export async function findPlan(run: Run, target: Target, id: string): Promise<Plan> {
  return (await findJournal(run, target, id)).plan
}

/**
 * The plan of a release and its passed hooks, from its journal.
 *
 * @throws LambdactlError NOT_FOUND if the journal does not have the plan
 */
export async function findJournal(
  run: Run,
  target: Target,
  id: string,
): Promise<{ plan: Plan; passed: PassedHook[] }> {
  const entries = await run.aws.journal.read(id)
  const plan = readPlan(entries.findLast(({ kind }) => kind === 'plan')?.['plan'])
  if (plan?.id === id) return { plan, passed: passedHooks(readEntries(entries)) }
  throw new LambdactlError(
    'NOT_FOUND',
    `The plan of release ${id} is not in the journal (/lambdactl/releases), so no process can carry it on.`,
    {
      next: [`End it, then release again: ${commandFor(target, 'rollback')}`],
    },
  )
}

/** A rollback by hand has no plan. */
export async function planIfKept(run: Run, target: Target, id: string): Promise<Plan | undefined> {
  try {
    return await findPlan(run, target, id)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return undefined
    throw error
  }
}
