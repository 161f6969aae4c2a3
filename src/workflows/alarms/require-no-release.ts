import { LambdactlError } from '../../errors/error.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/**
 * Refuses a change of alarms during a release, whose gates they may be.
 *
 * @param because the harm, as in `and an alarm that fires would roll it back`
 * @throws LambdactlError CONFLICT
 */
export async function requireNoRelease(run: Run, target: Target, because: string): Promise<void> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias || !(alias.weight || inProgress(parseRecord(alias.description)))) return
  throw new LambdactlError('CONFLICT', `A release of ${target.function} is under way, ${because}.`, {
    next: [`Wait for its end: ${commandFor(target, 'canary wait')}`],
  })
}
