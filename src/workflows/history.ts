import { type PastRelease, pastReleases } from '../release/history.ts'
import type { Run, Target } from './run.ts'

export type { PastRelease } from '../release/history.ts'

/**
 * The releases of one alias, newest first, from the journal alone.
 *
 * @param since how far back, milliseconds since the epoch
 */
export async function history(run: Run, target: Target, since: number): Promise<PastRelease[]> {
  return pastReleases(await run.aws.journal.since(since), target.lambdaName, target.alias)
}
