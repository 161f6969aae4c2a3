import { isCode } from '../../errors/error.ts'
import type { Published } from '../../operation/versions/described.ts'
import type { KeptVersion, PruneRules } from '../../operation/versions/plan-prune.ts'
import type { CodeStorage } from '../../ports/lambda/versions.ts'
import { keepOperation } from '../history/keep-operation.ts'
import type { Run, Target } from '../run/run.ts'
import { type Deletions, deleteVersions } from './prune/delete-versions.ts'
import { type OnProgress, type PlannedFunction, planFunction } from './prune/plan-function.ts'

/** A person's rules: how much to keep besides the versions in use. */
export type KeepRules = Pick<PruneRules, 'keep' | 'youngerThanMs'>

/** A prune that is planned, and changes nothing yet. */
export interface PrunePreparation {
  planned: readonly PlannedFunction[]
  /** The account's storage before; undefined if the caller may not read it. */
  storage: CodeStorage | undefined
}

/** The versions of one function that go, the rest, and what was done. */
export interface PrunedFunction {
  function: string
  lambdaName: string
  /** `missing`: there is no such function. */
  state: 'found' | 'missing'
  /** The oldest first. */
  gone: readonly Pick<Published, 'version' | 'published' | 'bytes'>[]
  /** The newest first. */
  kept: readonly KeptVersion[]
  /** The size of the zips that go. */
  bytes: number
  /** Absent if nothing was tried. */
  done?: Deletions
}

/** The size of all versions' code before and after, and the most that there may be. */
interface CodeStorageChange {
  /** Bytes. */
  before: number
  /** Bytes. */
  after?: number
  /** Bytes. */
  limit: number
}

export interface Pruned {
  functions: readonly PrunedFunction[]
  /** The account's code storage in the Region; absent if the caller may not read it. */
  codeStorage?: CodeStorageChange
}

/**
 * Decides which versions of functions go. Changes nothing.
 *
 * @param onProgress is called for each function, while the policies of its versions are read
 * @throws LambdactlError the errors of the reads: no fact may be missing
 */
export async function preparePrune(
  run: Run,
  targets: readonly Target[],
  rules: KeepRules,
  onProgress: OnProgress,
): Promise<PrunePreparation> {
  const planned: PlannedFunction[] = []
  for (const target of targets) planned.push(await planFunction(run, target, rules, onProgress))
  return { planned, storage: await readStorage(run) }
}

/** The plan as a result. */
export function preparedResult({ planned, storage }: PrunePreparation): Pruned {
  return {
    functions: planned.map((each) => functionResult(each)),
    ...(storage && { codeStorage: { before: storage.bytes, limit: storage.limitBytes } }),
  }
}

/**
 * Deletes the planned versions, function after function. An interrupt or a failure does not throw: the result has it.
 *
 * @param onProgress is called with the numbers of versions that were handled, and of all that go
 */
export async function carryOutPrune(
  run: Run,
  { planned, storage }: PrunePreparation,
  onProgress: OnProgress,
): Promise<Pruned> {
  const total = planned.reduce((sum, { plan }) => sum + plan.gone.length, 0)
  const functions: PrunedFunction[] = []
  let before = 0
  for (const each of planned) {
    const first = before
    const done = await onRecord(run, each, () =>
      deleteVersions(run, each, (count) => onProgress(first + count, total)),
    )
    before += each.plan.gone.length
    functions.push({ ...functionResult(each), done })
  }
  // The deletions are told in any case.
  const after = storage && !run.signal.aborted ? await readStorage(run).catch(() => undefined) : undefined
  return {
    functions,
    ...(storage && {
      codeStorage: {
        before: storage.bytes,
        ...(after && { after: after.bytes }),
        limit: storage.limitBytes,
      },
    }),
  }
}

/** Puts a prune on record before and after, since nobody can undo it. */
async function onRecord(
  run: Run,
  { target, plan: { gone } }: PlannedFunction,
  prune: () => Promise<Deletions>,
): Promise<Deletions> {
  if (gone.length === 0) return prune()
  const sum = { versions: gone.length, bytes: bytesOf(gone) }
  const began = await keepOperation(run, target, { kind: 'pruning', ...sum })
  const done = await prune()
  if (began === undefined) return done
  const deleted = new Set(done.deleted)
  await keepOperation(run, target, {
    kind: 'pruned',
    began,
    versions: deleted.size,
    bytes: bytesOf(gone.filter(({ version }) => deleted.has(version))),
    failed: done.failed.length,
    left: done.left.length,
    spared: done.spared.length,
  })
  return done
}

function bytesOf(versions: readonly Pick<Published, 'bytes'>[]): number {
  return versions.reduce((sum, { bytes = 0 }) => sum + bytes, 0)
}

function functionResult({ target, facts, plan: { gone, kept } }: PlannedFunction): PrunedFunction {
  return {
    function: target.function,
    lambdaName: target.lambdaName,
    state: facts ? 'found' : 'missing',
    gone: gone.map(({ version, published, bytes }) => ({
      version,
      published,
      ...(bytes !== undefined && { bytes }),
    })),
    kept,
    bytes: bytesOf(gone),
  }
}

/** The storage is for a person's information. */
async function readStorage({ aws }: Run): Promise<CodeStorage | undefined> {
  try {
    return await aws.versions.codeStorage()
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return undefined
    throw error
  }
}
