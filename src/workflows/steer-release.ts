import { isCode } from '../errors/error.ts'
import { approve, pause, promote, rollBack } from '../release/decide.ts'
import { movedSince } from '../release/moved.ts'
import type { AliasChange, AliasState } from '../release/observed.ts'
import { type Phase, parseRecord, type ReleaseRecord } from '../release/record.ts'
import { standing } from '../release/standing.ts'
import {
  type FoundRelease,
  findPlan,
  findRelease,
  requireCarried,
  requireInProgress,
  requireUnmoved,
} from './find-release.ts'
import { keepJournal, whoReleases } from './keep-journal.ts'
import { releaseIdleSince } from './release-idle-concurrency.ts'
import { rollAliasBack } from './roll-alias-back.ts'
import { commandsFor, type Run, type Target } from './run.ts'
import { shiftAlias } from './shift-alias.ts'

/** The decisions that a person may make about a release in progress. */
export type SteeringVerb = 'approve' | 'pause' | 'abort' | 'promote'

export interface SteeringResult {
  function: string
  verb: SteeringVerb
  release: string
  /** False when it was so already. */
  changed: boolean
  phase: Phase
  /** How the alias stands now, one sentence. */
  summary: string
}

/**
 * Does what a person decided about a release in progress, from any machine: one update, fenced. Doing it twice is safe, also
 * at once; the second time says so.
 *
 * @param reason for the record
 * @throws LambdactlError CONFLICT when no release is in progress or the alias moved meanwhile, NOT_FOUND
 */
export async function steerRelease(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  reason: string | undefined,
): Promise<SteeringResult> {
  const found = await findRelease(run, target)
  if (isSoAlready(verb, found)) return nothingToDo(run, target, verb, found)
  requireInProgress(target, found, verb)
  if (verb !== 'abort') requireUnmoved(target, found, verb)
  if (verb !== 'abort' && verb !== 'pause') requireCarried(target, found, verb)
  try {
    return await steer(run, target, verb, found, reason)
  } catch (error) {
    if (!isCode(error, 'CONFLICT')) throw error
    const now = await findRelease(run, target).catch(() => undefined)
    if (now && isSoAlready(verb, now)) return nothingToDo(run, target, verb, now)
    throw error
  }
}

async function steer(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  found: FoundRelease,
  reason: string | undefined,
): Promise<SteeringResult> {
  const by = await whoReleases(run, target)
  const change = await changeFor(run, target, verb, found, reason ?? `${verb} by ${by ?? 'somebody'}`)
  const shift = verb === 'abort' ? rollAliasBack : shiftAlias
  const alias = await shift(run, target, found.alias, change)
  const { version, weight } = alias
  const record = parseRecord(alias.description) ?? change.record
  await keepJournal(run, target, record.id, { ...entryOf(verb, record), by, reason, version, weight })
  await releaseIdleSince(run, target, record)
  return resultOf(target, verb, { alias, record }, true)
}

async function nothingToDo(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  found: FoundRelease,
): Promise<SteeringResult> {
  await releaseIdleSince(run, target, found.record)
  return resultOf(target, verb, found, false)
}

/** Tells whether a decision is carried out already. After an abort, the alias may have been moved by hand since; else it may not. */
function isSoAlready(verb: SteeringVerb, { alias, record }: FoundRelease): boolean {
  const so: Record<SteeringVerb, readonly ReleaseRecord['phase'][]> = {
    approve: ['shifting', 'approved', 'baking'],
    pause: ['paused', 'awaiting-approval'],
    abort: ['rolled-back'],
    promote: ['done', 'baking'],
  }
  return so[verb].includes(record.phase) && (verb === 'abort' || !movedSince(alias, record))
}

async function changeFor(
  run: Run,
  target: Target,
  verb: SteeringVerb,
  { alias, record }: FoundRelease,
  reason: string,
): Promise<AliasChange> {
  const now = run.clock.now()
  switch (verb) {
    case 'approve':
      return approve(alias, record, now)
    case 'pause':
      return pause(alias, record, reason, now).change
    case 'abort':
      return rollBack(record, reason, now).change
    case 'promote':
      return promote(await findPlan(run, target, record.id), now)
  }
}

/** Returns the entry that `history` reads: an abort ends the release, as does a promotion without a bake; a pause holds it. */
function entryOf(verb: SteeringVerb, { phase }: ReleaseRecord): { kind: string; outcome?: string } {
  if (verb === 'abort') return { kind: 'outcome', outcome: 'rolled-back' }
  if (verb === 'pause') return { kind: 'outcome', outcome: 'paused' }
  return { kind: phase === 'done' ? 'done' : 'shifted' }
}

function resultOf(
  target: Target,
  verb: SteeringVerb,
  { alias, record }: { alias: AliasState; record: ReleaseRecord },
  changed: boolean,
): SteeringResult {
  const { summary } = standing(alias, record, commandsFor(target))
  return { function: target.function, verb, release: record.id, changed, phase: record.phase, summary }
}
