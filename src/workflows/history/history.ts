import { type PastOperation, pastOperations } from '../../operation/history/past-operations.ts'
import { type PastRelease, pastReleases } from '../../release/history/history.ts'
import { readEntries } from '../../release/journal/entry.ts'
import type { Run, Target } from '../run/run.ts'

/** A release of the alias, or another operation on its function. */
export type Past = ({ kind: 'release' } & PastRelease) | PastOperation

/** From this error of this machine's clock on, a time that was given by it meant another moment; milliseconds. */
const muchMs = 2000

/**
 * The releases of aliases and the operations on their functions, each list the newest first, from the journal alone: one
 * read for all functions.
 *
 * @param agoMs how far back, milliseconds
 * @returns in the order of the targets
 */
export async function histories(run: Run, targets: readonly Target[], agoMs: number): Promise<Past[][]> {
  const [only, ...others] = targets
  const lambdaName = others.length === 0 ? only?.lambdaName : undefined
  const asked = run.clock.now() - agoMs
  const read = await run.aws.journal.since(asked, lambdaName)
  // The answer may have been the first to tell the time.
  const since = run.clock.now() - agoMs
  const isMissing = asked - since > muchMs
  const all = isMissing ? await run.aws.journal.since(since, lambdaName) : read
  const entries = all.filter(({ time }) => time >= since)
  const ofReleases = readEntries(entries)
  return targets.map((target) => {
    const releases = pastReleases(ofReleases, target.lambdaName, target.alias)
    const operations = pastOperations(entries, target.lambdaName)
    return [...releases.map((release) => ({ kind: 'release' as const, ...release })), ...operations].toSorted(
      (one, other) => other.started - one.started,
    )
  })
}
