import type { FunctionState } from '../../ports/functions.ts'
import type { Run, Target } from '../run/run.ts'

/** The state of the version that the alias has, or of `$LATEST` without an alias; undefined if there is no such function. */
export async function liveState(
  { aws }: Run,
  { lambdaName, alias: name }: Target,
): Promise<FunctionState | undefined> {
  const alias = await aws.aliases.get(lambdaName, name)
  return aws.functions.get(lambdaName, alias?.version)
}
