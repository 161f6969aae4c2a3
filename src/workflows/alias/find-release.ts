import { isCode, LambdactlError } from '../../errors/error.ts'
import { standing } from '../../release/decision/standing.ts'
import { readEntries } from '../../release/journal/entry.ts'
import { type PassedHook, passedHooks } from '../../release/journal/passed-hooks.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { readPlan } from '../../release/plan/plan-schema.ts'
import { hasInjectedWeight } from '../../release/values/injected-weight.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { commandFor, commandsFor, type Run, type Target } from '../run/run.ts'
import { lostRecordOf } from './find-lost-record.ts'
import { lostRelease } from './lost-release.ts'

/** The last release of an alias. */
export interface FoundRelease {
  alias: AliasState
  record: ReleaseRecord
  /** True if only the journal has the record: something else replaced the alias's Description. */
  isLost?: true
}

/** Finds the last release of an alias, with any outcome, from the alias alone or, without a record there, the journal. */
export async function lastRelease(run: Run, target: Target): Promise<FoundRelease | AliasState | undefined> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias) return undefined
  const record = parseRecord(alias.description)
  if (record) return { alias, record }
  const lost = await lostRecordOf(run, target, alias)
  return lost ? { alias, record: lost, isLost: true } : alias
}

/**
 * Finds the last release of an alias, also one that lost the alias with its record.
 *
 * @throws LambdactlError NOT_FOUND if there is no alias, or it has no release of lambdactl
 */
export async function findLastRelease(run: Run, target: Target): Promise<FoundRelease> {
  const found = await lastRelease(run, target)
  if (found && 'record' in found) return found
  const alias = found
  const what = `${target.lambdaName} has no ${alias ? `release on record at alias ${target.alias}` : `alias ${target.alias}`}.`
  throw new LambdactlError('NOT_FOUND', what, {
    next: [`Begin one: ${commandFor(target, 'canary')}`],
  })
}

/**
 * Finds the last release of an alias, with any outcome. One that only the journal knows has ended where the alias is.
 *
 * @throws LambdactlError NOT_FOUND if there is no alias, or it has no release of lambdactl; CONFLICT if something else
 * took the alias with its record
 */
export async function findRelease(run: Run, target: Target): Promise<FoundRelease> {
  const found = await findLastRelease(run, target)
  if (hasLostAlias(found)) throw await lostRelease(run, target, found)
  return found
}

/** Tells whether something else replaced a release's record, and the release had not ended where the alias is. */
export function hasLostAlias({ alias, record, isLost }: FoundRelease): boolean {
  return isLost === true && (inProgress(record) || movedSince(alias, record) || hasInjectedWeight(alias))
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
 * The plan of a release and its passed hooks, from its journal; and whether a process told that it left the release,
 * since something else had moved the alias.
 *
 * @throws LambdactlError NOT_FOUND if the journal does not have the plan
 */
export async function findJournal(
  run: Run,
  target: Target,
  id: string,
): Promise<{ plan: Plan; passed: PassedHook[]; isLeft: boolean }> {
  const entries = await run.aws.journal.read(id)
  const plan = readPlan(entries.findLast(({ kind }) => kind === 'plan')?.['plan'])
  if (plan?.id === id) {
    const read = readEntries(entries)
    return { plan, passed: passedHooks(read), isLeft: read.some(({ outcome }) => outcome === 'left') }
  }
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
