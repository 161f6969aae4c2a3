import { isConflict } from '../errors/after-a-call.ts'
import { LambdactlError } from '../errors/error.ts'
import { shellWord } from '../errors/shell-word.ts'
import type { ConfigurationChange } from '../release/changes/configuration-changes.ts'
import { type Place, undoOf } from '../release/decision/manual-change.ts'
import { isBack, rollbackTargets } from '../release/decision/rollback-target.ts'
import { standing } from '../release/decision/standing.ts'
import { movedSince } from '../release/values/moved.ts'
import type { AliasState, Weight } from '../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../release/values/record.ts'
import { isSameTraffic } from '../release/values/same-alias.ts'
import { findLostRecord, type LostRecord } from './alias/find-lost-record.ts'
import { shiftManually } from './alias/shift-manually.ts'
import { type Foretold, foretellRollback } from './foretell-rollback.ts'
import { warnOfCold } from './provisioned/warn-of-cold.ts'
import { commandFor, commandsFor, deployFirst, type Run, type Target } from './run/run.ts'
import { changedConfiguration } from './settings/changed-configuration.ts'

export interface RollbackOptions {
  /** Undefined: the last stable version. */
  to?: string | undefined
  /** A second version beside `to`, with its share; undefined: none. */
  weight?: Weight | undefined
  /** Whether to go further back if the last change was a rollback. */
  again?: boolean
  reason?: string | undefined
  /** Changes nothing, and tells what a rollback would do. */
  dryRun?: boolean
}

export interface RollbackResult {
  function: string
  alias: string
  /** `planned`: a rollback would move it. */
  outcome: 'rolled-back' | 'unchanged' | 'planned'
  version: string
  /** The intended version, if it was deleted. */
  insteadOf?: string
  /** A second version beside it, with its share. */
  weight?: Weight
  /** The id under which `history` has the rollback; absent if nothing was moved. */
  release?: string
  /** The place that the alias was on. */
  from: { version: string; weight?: Weight }
  /** The reason why nothing was moved; undefined if the alias was moved. */
  because: string | undefined
  /** The command that undoes it; undefined if no traffic was moved. */
  undo: string | undefined
  /** The next steps, one sentence each. */
  next: readonly string[]
  /** Differences in configuration from the version before the rollback; undefined if they could not be read. */
  changes: readonly ConfigurationChange[] | undefined
  /** The findings of a dry run: why this version, whose release it would end, and the checks; absent otherwise. */
  plan?: Pick<Foretold, 'why' | 'ends' | 'checks'>
}

/** More rollbacks at once come from a loop. */
const mostTries = 5

/**
 * Moves an alias back to the last version that held 100%, and clears weights: one read, one update. If the alias has no
 * record any more, the journal names that version. If the last change
 * was a rollback, by a gate or a person, there is nothing to do. A rollback is itself a release, so it is on record and
 * can be undone. All other reads and writes come after the alias was moved.
 *
 * @throws LambdactlError NOT_FOUND if alias, version or record is missing; CONFLICT if the alias moved meanwhile
 */
export async function rollBack(run: Run, target: Target, options: RollbackOptions): Promise<RollbackResult> {
  let alias = await requireAlias(run, target)
  for (let tries = 1; ; tries += 1) {
    const lost = needsJournal(alias, options) ? await findLostRecord(run, target) : undefined
    const place = placeOf(target, alias, lost, options)
    if (!place) return alreadyBack(target, alias, lost?.record)
    if (isThere(alias, place)) return nothingToDo(target, alias)
    if (options.dryRun) return foretell(run, target, { alias, place, lost: lost?.record }, options)
    try {
      return await move(run, target, { alias, place, lost: lost?.record }, options)
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
  throw new LambdactlError('NOT_FOUND', what, { next: [deployFirst(target)] })
}

/**
 * Tells whether the journal names the way back: another tool may have replaced the Description. A weight alone does not
 * tell: that tool may have moved the alias below it.
 */
function needsJournal(alias: AliasState, { to }: RollbackOptions): boolean {
  return to === undefined && !parseRecord(alias.description)
}

/**
 * The target of a rollback; undefined if the last change was a rollback.
 *
 * @throws LambdactlError NOT_FOUND if no source tells it; then `--to` is needed
 */
function placeOf(
  target: Target,
  alias: AliasState,
  lost: LostRecord | undefined,
  { to, weight, again }: RollbackOptions,
): Place | undefined {
  if (to !== undefined) return { version: to, weight }
  const record = parseRecord(alias.description) ?? lost?.record
  if (!again && isBack(alias, record)) return undefined
  const [version] = rollbackTargets(alias, record)
  if (version !== undefined) return { version }
  const what = `Alias ${alias.name} is on version ${alias.version}, and no release record names a version that held 100% before it.${lost?.unread === undefined ? '' : ` The journal could not be read: ${lost.unread}`}`
  throw new LambdactlError('NOT_FOUND', what, {
    next: [
      `See which versions there are: ${commandFor(target, 'status')}`,
      `Then choose one yourself: ${commandFor(target, 'rollback', '--to', 'N')}`,
    ],
  })
}

/** Has these shares already, and no release that would move on from them. */
function isThere(alias: AliasState, { version, weight }: Place): boolean {
  const record = parseRecord(alias.description)
  const isFree = !inProgress(record) || (weight !== undefined && record?.strategy === 'rollback')
  return isFree && isSameTraffic(alias, { version, weight })
}

/**
 * Somebody else rolled it back at the same time; a command with a version, or for going further back, still wants its
 * own target.
 */
function isBackToo(now: AliasState, { to, again }: RollbackOptions): boolean {
  return to === undefined && !again && isBack(now, parseRecord(now.description))
}

/** Only the release that is to be ended was faster, with its next step or its end. */
function isSameRelease(before: AliasState, now: AliasState): boolean {
  const [was, is] = [parseRecord(before.description), parseRecord(now.description)]
  return was !== undefined && is?.id === was.id && inProgress(was) && !movedSince(now, is)
}

async function move(
  run: Run,
  target: Target,
  { alias, place, lost }: { alias: AliasState; place: Place; lost: ReleaseRecord | undefined },
  { to, reason }: RollbackOptions,
): Promise<RollbackResult> {
  const told = { function: target.function, event: 'rolled-back' as const, alias: target.alias }
  const moved = await shiftManually(run, target, alias, {
    ...place,
    reason,
    lost,
    exactly: to !== undefined,
    onMoved: ({ version: now }) => run.emit({ ...told, version: now, reason: reason ?? 'asked for' }),
  })
  const { version, weight } = moved
  const release = parseRecord(moved.description)?.id
  const left = alias.version === version ? alias.weight?.version : alias.version
  const changes = left === undefined ? [] : await changedConfiguration(run, target, left, version)
  if (left !== undefined) await warnOfCold(run, target, version, left)
  const undo = undoOf(alias, { version, weight })
  return {
    ...resultOf(target, alias, { version, weight }),
    ...(version === place.version ? {} : { insteadOf: place.version }),
    ...(release !== undefined && { release }),
    outcome: 'rolled-back',
    because: undefined,
    undo: undo && commandFor(target, 'rollback', ...flagsTo(undo)),
    next: [],
    changes,
  }
}

async function foretell(
  run: Run,
  target: Target,
  { alias, place, lost }: { alias: AliasState; place: Place; lost: ReleaseRecord | undefined },
  { to, again, reason }: RollbackOptions,
): Promise<RollbackResult> {
  const wanted = { alias, place, lost, exactly: to !== undefined }
  const { version, changes, ...plan } = await foretellRollback(run, target, wanted)
  const there = { ...place, version }
  const undo = undoOf(alias, there)
  const flags = to === undefined ? (again ? ['--again'] : []) : flagsTo(place)
  const why = reason === undefined ? [] : ['--reason', shellWord(reason)]
  return {
    ...resultOf(target, alias, there),
    ...(version === place.version ? {} : { insteadOf: place.version }),
    outcome: 'planned',
    because: undefined,
    undo: undo && commandFor(target, 'rollback', ...flagsTo(undo)),
    next: [`To do it: ${commandFor(target, 'rollback', ...flags, ...why)}`],
    changes,
    plan,
  }
}

/** Quoted if a shell would expand a version as a variable. */
function flagsTo({ version, weight }: Place): string[] {
  const to = ['--to', version === '$LATEST' ? `'${version}'` : version]
  return weight ? [...to, '--weight', `${weight.version}=${weight.percent}`] : to
}

function alreadyBack(target: Target, alias: AliasState, lost?: ReleaseRecord): RollbackResult {
  const record = parseRecord(alias.description) ?? lost
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
