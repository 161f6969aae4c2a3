import { asLambdactlError } from '../../errors/error.ts'
import type { WantedTrigger } from '../../function/triggers/wanted.ts'
import type { Ended } from '../ending/ended.ts'
import type { Run, Target } from '../run/run.ts'
import { applyDueTriggers } from '../sources/apply.ts'

/**
 * Resolves the triggers of the file once they are needed: a value that isn't set hinders no release. Undefined, or
 * without a result: there is no file, or it has none.
 */
export type FileTriggers = (() => readonly WantedTrigger[] | undefined) | undefined

/**
 * Applies the triggers of the file once a release has baked. A release that ended in another way applies none. The
 * alias is the candidate's even if that fails, so the failure is a part of the end.
 */
export async function applyAfter(
  run: Run,
  target: Target,
  fileTriggers: FileTriggers,
  ended: Ended,
): Promise<Ended> {
  if (ended.how !== 'done') return ended
  try {
    await applyDueTriggers(run, target, { triggers: fileTriggers?.() }, 'all')
    return ended
  } catch (error) {
    return { ...ended, unapplied: asLambdactlError(error) }
  }
}
