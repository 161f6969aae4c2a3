import { LambdactlError } from '../../errors/error.ts'
import { standing } from '../../release/decision/standing.ts'
import { inProgress } from '../../release/values/record.ts'
import type { FoundRelease } from '../alias/find-release.ts'
import { commandFor, commandsFor, type Target } from '../run/run.ts'

/** The conflict of a decision that lost to another one at the same moment, with the release's present state. */
export function wasSlower(target: Target, { alias, record }: FoundRelease, cause: unknown): LambdactlError {
  const { summary } = standing(alias, record, commandsFor(target))
  return new LambdactlError(
    'CONFLICT',
    `Nothing was changed, since somebody else changed it first: ${summary}`,
    {
      next: [
        `See its state: ${commandFor(target, 'status')}`,
        ...(inProgress(record) ? ['If you still want it, run the command again.'] : []),
      ],
      cause,
    },
  )
}
