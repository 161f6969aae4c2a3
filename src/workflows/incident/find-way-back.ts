import type { PublishedVersion } from '../../ports/functions.ts'
import { rollbackTargets, type WayBack, wayBack } from '../../release/decision/rollback-target.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { Run, Target } from '../run/run.ts'

interface Read {
  target: Target
  alias: AliasState | undefined
  /** Undefined if they were not listed. */
  versions: readonly PublishedVersion[] | undefined
}

/** Finds the way back. If the versions were not listed, those that a rollback may go to are looked for, up to the first that is there. */
export async function wayBackOf(
  run: Run,
  { target, alias, versions }: Read,
  record: ReleaseRecord | undefined,
): Promise<WayBack | undefined> {
  if (!alias) return undefined
  if (versions) {
    return wayBack(
      alias,
      record,
      versions.map(({ version }) => version),
    )
  }
  const targets = rollbackTargets(alias, record)
  for (const [index, version] of targets.entries()) {
    const isThere = version === '$LATEST' || (await run.aws.functions.get(target.lambdaName, version))
    if (isThere) return wayBack(alias, record, targets.slice(index))
  }
  return wayBack(alias, record, [])
}
