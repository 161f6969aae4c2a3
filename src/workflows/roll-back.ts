import { randomBytes } from 'node:crypto'
import { LambdactlError } from '../errors/error.ts'
import type { ConfigurationChange } from '../release/configuration-changes.ts'
import type { AliasChange, AliasState } from '../release/observed.ts'
import { releaseId } from '../release/plan.ts'
import { heldAfter, inProgress, parseRecord } from '../release/record.ts'
import { rollbackTarget } from '../release/rollback-target.ts'
import { changedConfiguration } from './changed-configuration.ts'
import { keepJournal, whoReleases } from './keep-journal.ts'
import { commandFor, type Run, type Target } from './run.ts'
import { shiftAlias } from './shift-alias.ts'

export interface RollbackOptions {
  /** Undefined: the last stable version. */
  to: string | undefined
  reason: string | undefined
}

export interface RollbackResult {
  function: string
  alias: string
  outcome: 'rolled-back' | 'unchanged'
  version: string
  /** What the alias was on. */
  from: { version: string; weight?: { version: string; percent: number } }
  /** The version whose `rollback --to` takes this back; undefined when nothing changed. */
  undo: string | undefined
  /** What of the configuration differs from the version that was left; undefined where that could not be read. */
  changes: readonly ConfigurationChange[] | undefined
}

/**
 * Puts an alias back on the last version that held 100%, weights cleared: one read, one update. A rollback is itself a
 * release, so it is on record and can be undone. All else that is read and written comes after the alias was moved.
 *
 * @throws LambdactlError NOT_FOUND when alias, version or record is missing, CONFLICT when the alias moved meanwhile
 */
export async function rollBack(
  run: Run,
  target: Target,
  { to, reason }: RollbackOptions,
): Promise<RollbackResult> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias) {
    throw new LambdactlError(
      'NOT_FOUND',
      `${target.lambdaName} has no alias ${target.alias}, so there is nothing to roll back.`,
      {
        next: [`Deploy it first: ${commandFor(target, 'deploy')}`],
      },
    )
  }
  const record = parseRecord(alias.description)
  const version = to ?? rollbackTarget(alias, record)
  const from = { version: alias.version, ...(alias.weight ? { weight: alias.weight } : {}) }
  const result = { function: target.function, alias: target.alias, version, from }
  if (version === alias.version && !alias.weight && !inProgress(record)) {
    return { ...result, outcome: 'unchanged', undo: undefined, changes: [] }
  }
  const change = rollbackChange(alias, version, reason, run.clock.now())
  await shiftAlias(run, target, alias, change)
  run.emit({
    function: target.function,
    event: 'rolled-back',
    alias: target.alias,
    version,
    reason: reason ?? 'asked for',
  })
  await keepJournal(run, target, change.record.id, {
    kind: 'outcome',
    outcome: 'rolled-back',
    strategy: 'rollback',
    from,
    version,
    reason,
    by: await whoReleases(run, target),
    ended: record?.id,
  })
  const left = alias.version === version ? alias.weight?.version : alias.version
  const changes = left === undefined ? [] : await changedConfiguration(run, target, left, version)
  return { ...result, outcome: 'rolled-back', undo: alias.weight?.version ?? alias.version, changes }
}

function rollbackChange(
  alias: AliasState,
  version: string,
  reason: string | undefined,
  now: number,
): AliasChange {
  const held = heldAfter(version, parseRecord(alias.description)?.held ?? [])
  return {
    version,
    weight: undefined,
    record: {
      id: releaseId(randomBytes(8)),
      strategy: 'rollback',
      phase: 'done',
      step: 0,
      steps: 0,
      candidate: version,
      held,
      since: now,
      ...(reason === undefined ? {} : { reason }),
    },
  }
}
