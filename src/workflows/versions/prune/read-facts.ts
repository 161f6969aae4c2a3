import type { PruneFacts, VersionUses } from '../../../operation/versions/plan-prune.ts'
import { pastReleases } from '../../../release/history/history.ts'
import { readEntries } from '../../../release/journal/entry.ts'
import { lastRecord } from '../../../release/journal/last-record.ts'
import { parseRecord, type ReleaseRecord } from '../../../release/values/record.ts'
import { farthestMs } from '../../run/read-past.ts'
import type { Run, Target } from '../../run/run.ts'

/** The facts about a function, and whether its versions may have durable executions. */
export interface FunctionFacts extends PruneFacts {
  isDurable: boolean
}

/**
 * Reads everything that can keep a version of a function, except resource policies; undefined if there is no such
 * function. No fact may be missing: a refused call ends the prune.
 *
 * @throws LambdactlError NOT_PERMITTED and others of the reads
 */
export async function readFacts(run: Run, target: Target): Promise<FunctionFacts | undefined> {
  const { lambdaName } = target
  const latest = await run.aws.functions.get(lambdaName)
  if (!latest) return undefined
  const isDurable = Boolean(latest.settings.durable)
  const since = run.clock.now() - farthestMs
  const [versions, uses, read] = await Promise.all([
    run.aws.functions.versions(lambdaName),
    readUses(run, target, isDurable),
    run.aws.journal.since(since, lambdaName),
  ])
  const entries = readEntries(read)
  const lost = uses.aliases
    .filter(({ description }) => !parseRecord(description))
    .flatMap(({ name }): [string, ReleaseRecord][] => {
      const record = lastRecord(entries, { lambdaName, alias: name })
      return record ? [[name, record]] : []
    })
  const names = new Set([target.alias, ...uses.aliases.map(({ name }) => name)])
  return {
    ...uses,
    versions,
    isDurable,
    lostRecords: new Map(lost),
    past: Array.from(names, (alias) => ({ alias, releases: pastReleases(entries, lambdaName, alias) })),
  }
}

/** Reads the uses that somebody may add at any time. */
export async function readUses({ aws }: Run, target: Target, isDurable: boolean): Promise<VersionUses> {
  const { lambdaName } = target
  const [aliases, provisioned, mapped, executing] = await Promise.all([
    aws.aliases.list(lambdaName),
    aws.concurrency.provisioned(lambdaName),
    aws.versions.mapped(lambdaName),
    isDurable ? aws.versions.executing(lambdaName) : [],
  ])
  return { aliases, provisioned: provisioned.map(({ qualifier }) => qualifier), mapped, executing }
}
