import { asLambdactlError } from '../../errors/error.ts'
import type { AliasReleases } from '../../operation/versions/described.ts'
import { pastReleases } from '../../release/history/history.ts'
import { readEntries } from '../../release/journal/entry.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** A release may begin before it publishes its version, and clocks differ; milliseconds. */
const earlierMs = 3_600_000

/**
 * The releases of a function by alias, from the journal; undefined, with a warning, if it can't be read.
 *
 * @param published the publication of the oldest version that matters, ISO 8601
 */
export async function readReleases(
  run: Run,
  target: Target,
  aliases: readonly string[],
  published: string,
): Promise<readonly AliasReleases[] | undefined> {
  const { lambdaName, alias } = target
  const since = Date.parse(published)
  try {
    const from = Number.isNaN(since) ? 0 : Math.max(0, since - earlierMs)
    const entries = readEntries(await run.aws.journal.since(from, lambdaName))
    return [...new Set([alias, ...aliases])].map((name) => ({
      alias: name,
      releases: pastReleases(entries, lambdaName, name),
    }))
  } catch (error) {
    warn(run, target, `The releases of ${lambdaName} are unknown: ${asLambdactlError(error).message}`)
    return undefined
  }
}
