import { goneWords, rollbackTargets } from '../../release/decision/rollback-target.ts'
import type { Check } from '../../release/values/check.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import type { Run, Target } from '../run/run.ts'

/**
 * Warns if the version was deleted that a rollback of the present one would go to. The release itself goes back to the
 * present one, which an alias protects. Versions are read until one exists, usually the first.
 */
export async function wayBackChecks(run: Run, target: Target, alias: AliasState): Promise<Check[]> {
  const gone: string[] = []
  let to: string | undefined
  for (const version of rollbackTargets(alias, parseRecord(alias.description))) {
    const exists = version === '$LATEST' || (await run.aws.functions.get(target.lambdaName, version))
    if (exists) to = version
    if (to !== undefined) break
    gone.push(version)
  }
  const words = goneWords(to, gone)
  if (words === undefined) return []
  return [{ title: 'way back', outcome: 'warn', detail: `from version ${alias.version}, ${words}` }]
}
