import { LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/**
 * Reads a version by its number, `$LATEST` or the name of an alias.
 *
 * @throws LambdactlError NOT_FOUND
 */
export async function findVersion(run: Run, target: Target, named: string): Promise<FunctionState> {
  const { lambdaName } = target
  const found = await run.aws.functions.get(lambdaName, named)
  if (found) return found
  const what = /^\d+$/.test(named) ? `version ${named}` : `alias ${shellWord(named)}`
  throw new LambdactlError('NOT_FOUND', `${lambdaName} has no ${what}.`, {
    next: [`See the versions and their aliases: ${commandFor(target, 'versions list')}`],
  })
}
