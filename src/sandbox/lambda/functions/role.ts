import type { LambdaContext } from '../records/context.ts'
import { invalidParameter } from '../requests/errors.ts'

/** Checks that Lambda may assume the role of a request. @throws ServiceError 400 */
export function requireAssumable(
  { mayAssume }: Pick<LambdaContext, 'mayAssume'>,
  role: string | undefined,
): void {
  const lambda = { kind: 'Service', name: 'lambda.amazonaws.com', action: 'sts:AssumeRole' } as const
  if (role === undefined || mayAssume(role, lambda)) return
  throw invalidParameter('The role defined for the function cannot be assumed by Lambda.')
}
