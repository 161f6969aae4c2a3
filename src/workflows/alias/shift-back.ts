import { isCode } from '../../errors/error.ts'
import { waysFrom } from '../../release/decision/manual-change.ts'
import type { AliasChange, AliasState } from '../../release/values/observed.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { explainMissing, ofVersions } from './explain-missing.ts'
import { shiftAlias } from './shift-alias.ts'

/**
 * Goes back to a version. If that was deleted meanwhile, goes to the last existing version that held 100% before it.
 * Only Lambda's answer tells that a version is missing, so a way back stays one call.
 *
 * @throws LambdactlError NOT_FOUND with the existing versions, if all that held 100% are deleted; as `shiftAlias`
 */
export async function shiftBack(
  run: Run,
  target: Target,
  found: AliasState,
  change: AliasChange,
): Promise<AliasState> {
  const gone: string[] = []
  let missing: unknown
  for (const way of waysFrom(change)) {
    try {
      const moved = await shiftAlias(run, target, found, way)
      if (gone.length > 0) warnOfGone(run, target, gone, way.version)
      return moved
    } catch (error) {
      if (!isCode(error, 'NOT_FOUND')) throw error
      missing = error
      gone.push(way.version)
    }
  }
  throw await explainMissing(run, target, { wanted: gone, alias: found }, missing)
}

function warnOfGone(run: Run, target: Target, gone: readonly string[], version: string): void {
  const text = `${ofVersions(gone, 'was', 'were')} deleted: ${target.alias} went back to version ${version}, the last one that held 100% and still exists`
  warn(run, target, text)
}
