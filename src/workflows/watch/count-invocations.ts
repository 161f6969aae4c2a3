import { invocationsVerdict } from '../../gates/comparison/invocations-gate.ts'
import { minuteMs } from '../../gates/comparison/minutes.ts'
import type { Verdict } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import { keepFigures } from './figures.ts'

/**
 * Checks whether the candidate has had the invocations that its step needs; undefined while it does not matter: the
 * step needs none, isn't over, or a person has approved it.
 *
 * @throws LambdactlError if the metrics can't be read
 */
export async function countInvocations(
  release: PlannedRelease,
  { phase, step, since }: ReleaseRecord,
): Promise<Verdict | undefined> {
  const { run, target, plan } = release
  const { lambdaName: functionName, alias } = target
  const { steps, candidate, stable } = plan
  const { invocations: needed = 0, holdMs = 0 } = steps[step - 1] ?? {}
  const now = run.clock.now()
  if (phase !== 'shifting' || needed === 0 || stable === undefined || now < since + holdMs) return undefined
  // An invocation counts in the minute of its begin, so the step's first minute counts whole.
  const from = Math.floor(since / minuteMs) * minuteMs
  const minutes = await run.aws.metrics.traffic({ functionName, alias, candidate, stable }, from, now)
  keepFigures(release, minutes, from)
  return invocationsVerdict(minutes, { needed, candidate, since }, now)
}
