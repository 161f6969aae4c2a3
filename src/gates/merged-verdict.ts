import type { Verdict } from '../release/values/observed.ts'

/** The verdict of several gates. It fails if any gate fails, is inconclusive if any is, and passes if all pass. */
export function mergedVerdict(verdicts: readonly Verdict[]): Verdict {
  const deciding = ofOutcome(verdicts, 'fail') ?? ofOutcome(verdicts, 'inconclusive') ?? verdicts
  const outcome = deciding[0]?.outcome ?? 'pass'
  return { outcome, reason: deciding.map(({ reason }) => reason).join('; ') }
}

function ofOutcome(verdicts: readonly Verdict[], wanted: Verdict['outcome']): Verdict[] | undefined {
  const found = verdicts.filter(({ outcome }) => outcome === wanted)
  return found.length > 0 ? found : undefined
}
