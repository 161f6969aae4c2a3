import { LambdactlError } from '../errors/error.ts'
import type { ConfigurationChange } from '../release/configuration-changes.ts'
import { inProgress, parseRecord } from '../release/record.ts'
import { rollbackTarget } from '../release/rollback-target.ts'
import { changedConfiguration } from './changed-configuration.ts'
import { putBack } from './put-back.ts'
import { commandFor, type Run, type Target } from './run.ts'
import { warnOfCold } from './warn-of-cold.ts'

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
  const told = { alias: target.alias, version, reason: reason ?? 'asked for' }
  const tell = () => run.emit({ function: target.function, event: 'rolled-back', ...told })
  await putBack(run, target, alias, version, reason, tell)
  const left = alias.version === version ? alias.weight?.version : alias.version
  const changes = left === undefined ? [] : await changedConfiguration(run, target, left, version)
  if (left !== undefined) await warnOfCold(run, target, version, left)
  const undo = [alias.weight?.version, alias.version].find((other) => other && other !== version) ?? version
  return { ...result, outcome: 'rolled-back', undo, changes }
}
