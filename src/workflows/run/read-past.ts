import { asLambdactlError } from '../../errors/error.ts'
import { type Entry, readEntries } from '../../release/journal/entry.ts'
import type { Run, Target } from './run.ts'
import { warn } from './warn.ts'

/** How far back a release looks, milliseconds: a CI job can be run again for as long. */
export const farthestMs = 30 * 24 * 3_600_000

/** A function's journal; undefined if it can't be read. */
export type Past = readonly Entry[] | undefined

/** A function's entries of the last 30 days in order; undefined, with a warning, if the journal can't be read. */
export async function readPast(run: Run, target: Target): Promise<Past> {
  try {
    return readEntries(await run.aws.journal.since(run.clock.now() - farthestMs, target.lambdaName))
  } catch (error) {
    const why = asLambdactlError(error).message
    const text = `lambdactl does not know which content was rolled back before, nor which settings were changed by hand: ${why}`
    warn(run, target, text)
    return undefined
  }
}
