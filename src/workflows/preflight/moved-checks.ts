import type { Check } from '../../release/values/check.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'

/**
 * Warns that an alias is on a version that no release proved, since something other than lambdactl moved it there.
 *
 * @param lost the journal's record of the last release, if the alias has no record any more
 */
export function movedChecks(alias: AliasState, lost: ReleaseRecord | undefined): Check[] {
  const record = parseRecord(alias.description) ?? lost
  const [proven] = record?.held ?? []
  if (!record || proven === undefined || proven === alias.version || !movedSince(alias, record)) return []
  const detail = `${alias.name} is on version ${alias.version}, where something other than lambdactl moved it; version ${proven} was the last that a release gave 100%`
  return [{ title: `alias ${alias.name}`, outcome: 'warn', detail }]
}
