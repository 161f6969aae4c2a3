import { asLambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { changeWords } from '../../release/changes/change-words.ts'
import { type Changes, changesOf } from '../candidate/changes-of.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { ownerIn } from '../release-only/owner-in.ts'
import type { Past } from '../run/read-past.ts'
import type { Run } from '../run/run.ts'
import { differenceWords } from '../settings/difference.ts'

/**
 * Returns the changes of a release. Code that can't be downloaded is unknown, and no error: a person has to see the
 * settings.
 */
export async function changesIn(
  run: Run,
  { target, fn, local, serving, alias }: Changed,
  latest: FunctionState,
  past: Past,
): Promise<Changes> {
  const read = async () => past
  const sides = { fn, local, latest, serving, alias }
  try {
    return await changesOf(run, target, sides, read)
  } catch (error) {
    const code = { ...local.code, leftUndone: asLambdactlError(error).message }
    return changesOf(run, target, { ...sides, local: { ...local, code } }, read)
  }
}

/** Reports all changes, like `diff`. */
export function tellChanges(run: Run, { target, alias: found, latest }: Changed, changes: Changes): void {
  const { function: name, lambdaName, alias } = target
  const owner = target.codeOnly && ownerIn(target, latest)
  const diff = { function: name, lambdaName, alias, weight: found?.weight, ...owner, ...changes }
  run.emit({ function: name, event: 'differs', diff })
}

/** The changed settings in words, including those that belong to no version. */
export function settingWords({
  configuration,
  attachments,
}: Pick<Changes, 'configuration' | 'attachments'>): string[] {
  return [...configuration.map(changeWords), ...attachments.map(differenceWords)]
}
