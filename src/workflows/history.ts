import { type PastRelease, pastReleases } from '../release/history/history.ts'
import { readEntries } from '../release/journal/entry.ts'
import type { Run, Target } from './run/run.ts'

export type { PastRelease } from '../release/history/history.ts'

/** From this error of this machine's clock on, a time that was given by it meant another moment; milliseconds. */
const muchMs = 2000

/**
 * The releases of one alias, newest first, from the journal alone.
 *
 * @param agoMs how far back, milliseconds
 */
export async function history(run: Run, target: Target, agoMs: number): Promise<PastRelease[]> {
  const asked = run.clock.now() - agoMs
  const read = await run.aws.journal.since(asked)
  // The answer may have been the first to tell the time.
  const since = run.clock.now() - agoMs
  const isMissing = asked - since > muchMs
  const entries = isMissing ? await run.aws.journal.since(since) : read
  return pastReleases(
    readEntries(entries.filter(({ time }) => time >= since)),
    target.lambdaName,
    target.alias,
  )
}
