import type { ComparisonGate } from '../../release/plan/comparison.ts'
import type { AliasState, Verdict } from '../../release/values/observed.ts'

/**
 * Turns the result of a comparison into a verdict on the release. An undecided result may pass if the configuration
 * says so. Once one version has all traffic there is nothing more to compare, so the gate can only fail, by figures
 * that came late.
 */
export function comparisonGateVerdict(
  { outcome, reason }: Verdict,
  { inconclusive }: Pick<ComparisonGate, 'inconclusive'>,
  { version, weight }: Pick<AliasState, 'version' | 'weight'>,
): Verdict {
  if (outcome !== 'inconclusive') return { outcome, reason }
  if (!weight)
    return {
      outcome: 'pass',
      reason: `version ${version} has all traffic, so there is nothing left to compare`,
    }
  if (inconclusive === 'pass') return { outcome: 'pass', reason: `not known to be worse, ${reason}` }
  return { outcome, reason }
}
