import { asLambdactlError } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import { smokeCheck, unasked, untried } from '../../gates/candidate/smoke-check.ts'
import type { Check } from '../../release/values/check.ts'
import type { SmokeEvent } from '../../release/values/smoke.ts'
import type { PlannedRelease } from '../run/release.ts'
import { interruptible } from '../run/run.ts'
import { explainStopped } from '../stopping/stopped.ts'

/**
 * Invokes the candidate's version with each smoke event, one after the other, even after a failure. The version is
 * named, so no traffic is needed or moved.
 *
 * @throws LambdactlError INTERRUPTED, BUG
 */
export async function trySmokeEvents(
  release: PlannedRelease,
  events: readonly SmokeEvent[],
): Promise<Check[]> {
  const checks: Check[] = []
  for (const event of events) {
    checks.push(await interruptible(release.run.signal, () => trySmokeEvent(release, event)))
  }
  return checks.length > 0 ? checks : [untried]
}

async function trySmokeEvent({ run, target, plan }: PlannedRelease, event: SmokeEvent): Promise<Check> {
  const payload = Buffer.from(JSON.stringify(event.payload))
  const start = run.clock.elapsed()
  try {
    const answer = await run.aws.functions.invoke(target.lambdaName, plan.candidate, payload)
    return smokeCheck(event, { ...answer, afterMs: run.clock.elapsed() - start })
  } catch (error) {
    const failure = asLambdactlError(await explainStopped(run, target, error))
    if (failure.code === 'BUG') throw failure
    return unasked(
      event,
      failure.message,
      failure.code === 'STOPPED' ? stepsFor(run.config, failure.next) : [],
    )
  }
}
