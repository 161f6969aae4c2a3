import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Target } from '../run/run.ts'

/**
 * Refuses an image for a function that runs a zip, and a zip for one that runs an image: Lambda never changes a
 * function's package type.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function requireSameType(
  { function: name, lambdaName }: Target,
  { image }: ResolvedFunction,
  latest: FunctionState | undefined,
): void {
  if (!latest || Boolean(latest.settings.image) === Boolean(image)) return
  const [is, wanted] = image ? ['a zip', 'an image'] : ['an image', 'a zip']
  throw new LambdactlError(
    'PACKAGE_INVALID',
    `The function ${lambdaName} was created with ${is}, and Lambda can't change that: expected ${is}, got ${wanted}.`,
    {
      next: [
        `Give it a name of its own, functions.${name}.name, so that a new function is created; then move its triggers there.`,
        `Or, if it is yours and nothing calls it any more, delete ${lambdaName} with all its versions, then deploy again.`,
      ],
    },
  )
}
