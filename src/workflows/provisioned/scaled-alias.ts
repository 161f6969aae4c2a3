import { scaledCheck } from '../../gates/candidate/provisioned-check.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Check } from '../../release/values/check.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/**
 * Tells whether Application Auto Scaling scales the alias whose environments a release takes away. Asked only then; a
 * caller who may not know it is not told.
 */
export async function scaledAliasChecks(
  run: Run,
  target: Target,
  { provisioned }: Pick<Plan, 'provisioned'>,
): Promise<Check[]> {
  if (provisioned?.stable?.why !== 'alias') return []
  const found = await run.aws.scaling.scaled(target.lambdaName).catch(() => [])
  const scaled = found.find(({ qualifier }) => qualifier === target.alias)
  if (!scaled) return []
  const { min, max } = scaled
  const again = commandFor(target, 'concurrency autoscale', '--min', String(min), '--max', String(max))
  return [scaledCheck({ alias: target.alias, min, max, amount: provisioned.amount, again })]
}
