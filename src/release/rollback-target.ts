import { LambdactlError } from '../errors/error.ts'
import { servingVersion } from './injected-weight.ts'
import type { AliasState } from './observed.ts'
import { inProgress, type ReleaseRecord } from './record.ts'

/**
 * The version that a rollback goes to: the last one that held 100%.
 *
 * While a release is in progress that is the stable version; after one it is the version before the present one.
 * Without a record, weights alone tell: the alias's own version held everything before they were set, or, where Lambda
 * set one of 100%, that one's version still does.
 *
 * @throws LambdactlError NOT_FOUND when nothing tells, which `--to` settles
 */
export function rollbackTarget(alias: AliasState, record: ReleaseRecord | undefined): string {
  const target = record ? fromRecord(alias, record) : alias.weight && servingVersion(alias)
  if (target !== undefined) return target
  throw new LambdactlError(
    'NOT_FOUND',
    `Alias ${alias.name} is on version ${alias.version}, and no release record names a version that held 100% before it.`,
    { next: ['Choose the version yourself: --to N (`lambdactl status` lists the versions).'] },
  )
}

function fromRecord(alias: AliasState, record: ReleaseRecord): string | undefined {
  if (inProgress(record)) return record.held[0]
  if (alias.weight) return servingVersion(alias)
  return record.held.find((version) => version !== alias.version)
}
