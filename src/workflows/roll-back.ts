import { isConflict } from '../errors/after-a-call.ts'
import { LambdactlError } from '../errors/error.ts'
import type { ConfigurationChange } from '../release/changes/configuration-changes.ts'
import { type Place, undoOf } from '../release/decision/manual-change.ts'
import { isBack, rollbackTargets } from '../release/decision/rollback-target.ts'
import { standing } from '../release/decision/standing.ts'
import { movedSince } from '../release/values/moved.ts'
import type { AliasState, Weight } from '../release/values/observed.ts'
import { inProgress, parseRecord } from '../release/values/record.ts'
import { isSameTraffic } from '../release/values/same-alias.ts'
import { shiftManually } from './alias/shift-manually.ts'
import { warnOfCold } from './provisioned/warn-of-cold.ts'
import { commandFor, commandsFor, type Run, type Target } from './run/run.ts'
import { changedConfiguration } from './settings/changed-configuration.ts'

export interface RollbackOptions {
  /** Undefined: the last stable version. */
  to?: string | undefined
  /** A second version beside `to`, and its share; undefined: none. */
  weight?: Weight | undefined
  /** Whether to go further back where a rollback was the last that happened. */
  again?: boolean
  reason?: string | undefined
}

export interface RollbackResult {
  function: string
  alias: string
  outcome: 'rolled-back' | 'unchanged'
  version: string
  /** The version that it was to be, where that one was deleted. */
  insteadOf?: string
  /** A second version beside it, and its share. */
  weight?: Weight
  /** The place that the alias was on. */
  from: { version: string; weight?: Weight }
  /** Why nothing was moved; undefined where something was. */
  because: string | undefined
  /** The command that takes this back; undefined where no traffic was moved. */
  undo: string | undefined
  /** The next steps, a sentence each. */
  next: readonly string[]
  /** Differences in configuration from the version that was left; undefined where they could not be read. */
  changes: readonly ConfigurationChange[] | undefined
}

/** More rollbacks than that at once are somebody's loop. */
const mostTries = 5

/**
 * Puts an alias back on the last version that held 100%, weights cleared: one read, one update. Where a rollback was the last
 * that happened, by a gate or a person, there is nothing to do. A rollback is itself a release, so it is on record and can
 * be undone. All else that is read and written comes after the alias was moved.
 *
 * @throws LambdactlError NOT_FOUND when alias, version or record is missing, CONFLICT when the alias moved meanwhile
 */
export async function rollBack(run: Run, target: Target, options: RollbackOptions): Promise<RollbackResult> {
  let alias = await requireAlias(run, target)
  for (let tries = 1; ; tries += 1) {
    const place = placeOf(target, alias, options)
    if (!place) return alreadyBack(target, alias)
    if (isThere(alias, place)) return nothingToDo(target, alias)
    try {
      return await move(run, target, { alias, place }, options)
    } catch (error) {
      if (!isConflict(error) || tries === mostTries) throw error
      const now = await run.aws.aliases.get(target.lambdaName, target.alias).catch(() => undefined)
      if (!now) throw error
      if (isThere(now, place) || isBackToo(now, options)) return alreadyBack(target, now)
      if (!isSameRelease(alias, now)) throw error
      alias = now
    }
  }
}

async function requireAlias(run: Run, target: Target): Promise<AliasState> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (alias) return alias
  const what = `${target.lambdaName} has no alias ${target.alias}, so there is nothing to roll back.`
  throw new LambdactlError('NOT_FOUND', what, { next: [`Deploy it first: ${commandFor(target, 'deploy')}`] })
}

/**
 * Where a rollback goes; undefined where a rollback was the last that happened.
 *
 * @throws LambdactlError NOT_FOUND when nothing tells, which `--to` settles
 */
function placeOf(
  target: Target,
  alias: AliasState,
  { to, weight, again }: RollbackOptions,
): Place | undefined {
  if (to !== undefined) return { version: to, weight }
  const record = parseRecord(alias.description)
  if (!again && isBack(alias, record)) return undefined
  const [version] = rollbackTargets(alias, record)
  if (version !== undefined) return { version }
  const what = `Alias ${alias.name} is on version ${alias.version}, and no release record names a version that held 100% before it.`
  throw new LambdactlError('NOT_FOUND', what, {
    next: [
      `See which versions there are: ${commandFor(target, 'status')}`,
      `Then choose one yourself: ${commandFor(target, 'rollback', '--to', 'N')}`,
    ],
  })
}

/** On these very shares, and no release that would move on from them. */
function isThere(alias: AliasState, { version, weight }: Place): boolean {
  const record = parseRecord(alias.description)
  const isFree = !inProgress(record) || (weight !== undefined && record?.strategy === 'rollback')
  return isFree && isSameTraffic(alias, { version, weight })
}

/** Somebody else rolled it back at the same time; who asks for a version, or for one further back, wants that one. */
function isBackToo(now: AliasState, { to, again }: RollbackOptions): boolean {
  return to === undefined && !again && isBack(now, parseRecord(now.description))
}

/** Only the release that is to be ended was quicker, with its next step or its end. */
function isSameRelease(before: AliasState, now: AliasState): boolean {
  const [was, is] = [parseRecord(before.description), parseRecord(now.description)]
  return was !== undefined && is?.id === was.id && inProgress(was) && !movedSince(now, is)
}

async function move(
  run: Run,
  target: Target,
  { alias, place }: { alias: AliasState; place: Place },
  { to, reason }: RollbackOptions,
): Promise<RollbackResult> {
  const told = { function: target.function, event: 'rolled-back' as const, alias: target.alias }
  const { version, weight } = await shiftManually(run, target, alias, {
    ...place,
    reason,
    exactly: to !== undefined,
    onMoved: (moved) => run.emit({ ...told, version: moved.version, reason: reason ?? 'asked for' }),
  })
  const left = alias.version === version ? alias.weight?.version : alias.version
  const changes = left === undefined ? [] : await changedConfiguration(run, target, left, version)
  if (left !== undefined) await warnOfCold(run, target, version, left)
  const undo = undoOf(alias, { version, weight })
  return {
    ...resultOf(target, alias, { version, weight }),
    ...(version === place.version ? {} : { insteadOf: place.version }),
    outcome: 'rolled-back',
    because: undefined,
    undo: undo && commandFor(target, 'rollback', ...flagsTo(undo)),
    next: [],
    changes,
  }
}

/** Quoted where a shell would take a version for a variable. */
function flagsTo({ version, weight }: Place): string[] {
  const to = ['--to', version === '$LATEST' ? `'${version}'` : version]
  return weight ? [...to, '--weight', `${weight.version}=${weight.percent}`] : to
}

function alreadyBack(target: Target, alias: AliasState): RollbackResult {
  const record = parseRecord(alias.description)
  const { summary } = standing(alias, record, commandsFor(target))
  const [further] = rollbackTargets(alias, record)
  const again = `To go further back, to version ${further}: ${commandFor(target, 'rollback', '--again')}`
  return {
    ...nothingToDo(target, alias),
    because: `${alias.name} is already back on ${alias.version}: ${summary}`,
    next: [
      ...(further === undefined ? [] : [again]),
      `To go to a version of your choice: ${commandFor(target, 'rollback', '--to', 'N')}`,
    ],
  }
}

function nothingToDo(target: Target, alias: AliasState): RollbackResult {
  return {
    ...resultOf(target, alias, alias),
    outcome: 'unchanged',
    because: `nothing to roll back, ${alias.name} is on version ${alias.version}`,
    undo: undefined,
    next: [],
    changes: [],
  }
}

function resultOf(target: Target, from: AliasState, { version, weight }: Place) {
  return {
    function: target.function,
    alias: target.alias,
    version,
    ...(weight ? { weight } : {}),
    from: { version: from.version, ...(from.weight ? { weight: from.weight } : {}) },
  }
}
