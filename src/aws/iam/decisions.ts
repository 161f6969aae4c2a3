import type { EvaluationResult } from '@aws-sdk/client-iam'
import type { Decision } from '../../ports/iam/simulation.ts'

/**
 * The decisions in a result of IAM's simulator. Since 2026 it gives one result for an action, with a decision for each
 * resource; before, and in copies of IAM, it gives one for each pair.
 *
 * @param resources those of the request
 */
export function decisionsOf(result: EvaluationResult, resources: readonly string[]): Decision[] {
  const { EvalActionName: action = '', ResourceSpecificResults: each = [] } = result
  if (each.length > 0)
    return each.map((one) => ({
      action,
      resource: one.EvalResourceName ?? '',
      isAllowed: one.EvalResourceDecision === 'allowed',
      lacking: one.MissingContextValues ?? [],
    }))
  const { EvalResourceName: named = '', EvalDecision, MissingContextValues: lacking = [] } = result
  const about = resources.includes(named) ? [named] : resources
  return about.map((resource) => ({ action, resource, isAllowed: EvalDecision === 'allowed', lacking }))
}
