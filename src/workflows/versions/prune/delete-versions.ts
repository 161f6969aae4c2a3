import pLimit from 'p-limit'
import { isConflict } from '../../../errors/after-a-call.ts'
import type { ErrorCode } from '../../../errors/codes.ts'
import { asLambdactlError } from '../../../errors/error.ts'
import { stepsFor } from '../../../errors/next-step.ts'
import { type KeptBecause, usesOf, type VersionUses } from '../../../operation/versions/plan-prune.ts'
import type { Run } from '../../run/run.ts'
import { type PlannedFunction, width } from './plan-function.ts'
import { type FunctionFacts, readUses } from './read-facts.ts'

/** The end of a prune of one function. */
export interface Deletions {
  deleted: readonly string[]
  /** Versions that somebody has begun to use since the plan was made. */
  spared: readonly { version: string; because: readonly KeptBecause[] }[]
  failed: readonly FailedDeletion[]
  /** Versions that were not tried, or whose answer was not awaited, after an interrupt or too many failures. */
  left: readonly string[]
}

interface FailedDeletion {
  version: string
  code: ErrorCode
  message: string
  next: readonly string[]
}

type Outcome =
  | { end: 'deleted' | 'left'; version: string }
  | { end: 'spared'; version: string; because: readonly KeptBecause[] }
  | ({ end: 'failed' } & FailedDeletion)

/** The uses of versions are read again when they are older; milliseconds. */
const freshMs = 1000
/** So many failures in a row have a cause that the next versions share; one failed read fails up to eight. */
const mostFailures = 20

/**
 * Deletes the versions that a plan says, the oldest first. Right before each deletion its uses are read again, at most a
 * second before; its resource policy is read for it alone. Goes on after a failure. After an interrupt no deletion
 * begins.
 *
 * @param onProgress is called with the number of versions that were handled
 */
export async function deleteVersions(
  run: Run,
  planned: PlannedFunction,
  onProgress: (done: number) => void,
): Promise<Deletions> {
  const { facts, plan } = planned
  if (!facts) return { deleted: [], spared: [], failed: [], left: [] }
  const uses = freshUses(run, planned, facts)
  let failures = 0
  let done = 0
  const outcomes = await pLimit(width).map(plan.gone, async ({ version }): Promise<Outcome> => {
    if (run.signal.aborted || failures >= mostFailures) return { end: 'left', version }
    const outcome = await deleteOne(run, { planned, facts, uses }, version)
    failures = outcome.end === 'failed' ? failures + 1 : 0
    onProgress((done += 1))
    return outcome
  })
  const of = <End extends Outcome['end']>(end: End) =>
    outcomes.filter((outcome): outcome is Extract<Outcome, { end: End }> => outcome.end === end)
  return {
    deleted: of('deleted').map(({ version }) => version),
    spared: of('spared').map(({ version, because }) => ({ version, because })),
    failed: of('failed').map(({ version, code, message, next }) => ({ version, code, message, next })),
    left: of('left').map(({ version }) => version),
  }
}

interface Deleting {
  planned: PlannedFunction
  facts: FunctionFacts
  uses: ReadUses
}

async function deleteOne(run: Run, deleting: Deleting, version: string): Promise<Outcome> {
  const { planned, facts, uses } = deleting
  const { lambdaName } = planned.target
  try {
    const hasPolicy = await run.aws.versions.hasPolicy(lambdaName, version)
    const because = [
      ...(hasPolicy ? [{ kind: 'policy' as const }] : []),
      ...usesOf(version, await uses(), facts.lostRecords),
    ]
    if (because.length > 0) return { end: 'spared', version, because }
    if (run.signal.aborted) return { end: 'left', version }
    await run.aws.versions.delete(lambdaName, version)
    return { end: 'deleted', version }
  } catch (error) {
    return explained(run, deleting, version, error)
  }
}

/** Lambda itself refuses to delete a version that an alias has. */
async function explained(
  run: Run,
  { facts, uses }: Deleting,
  version: string,
  error: unknown,
): Promise<Outcome> {
  const { code, message, next } = asLambdactlError(error)
  if (code === 'INTERRUPTED') return { end: 'left', version }
  if (isConflict(error)) {
    const now = await uses('now').catch(() => facts)
    const because = usesOf(version, now, facts.lostRecords)
    if (because.length > 0) return { end: 'spared', version, because }
  }
  return { end: 'failed', version, code, message, next: stepsFor(run.config, next) }
}

type ReadUses = (when?: 'now') => Promise<VersionUses>

function freshUses(run: Run, { target }: PlannedFunction, { isDurable }: FunctionFacts): ReadUses {
  let last: { at: number; read: Promise<VersionUses> } | undefined
  return (when) => {
    const at = run.clock.elapsed()
    if (last && when !== 'now' && at - last.at < freshMs) return last.read
    const read = readUses(run, target, isDurable)
    last = { at, read }
    read.catch(() => (last = undefined))
    return read
  }
}
