import { LambdactlError } from '../../errors/error.ts'
import { breakglass as breakglassOf } from '../../gates/breakglass.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { FoundRelease } from '../alias/find-release.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, type Target } from '../run/run.ts'
import { observe, type Seen } from '../watch/observe.ts'

/**
 * Proves that no gate of a release fails before a person promotes it: a person may skip the rest of a gate's time, but
 * not its failure.
 *
 * @param reason goes past alarms that fire, and past gates that can't be read; undefined: nothing does
 * @returns the plan, with breakglass on record, and the observed state
 * @throws LambdactlError PREFLIGHT_FAILED; CONFLICT if the alias is gone
 */
export async function provePromotion(
  release: PlannedRelease,
  { alias }: FoundRelease,
  reason: string | undefined,
): Promise<{ plan: Plan; seen: Seen }> {
  const { target, plan } = release
  const seen = await observe(release, alias)
  if (reason === undefined) {
    // Breakglass excuses alarms, but no comparison.
    const mayGoPast = seen.comparison?.outcome !== 'fail'
    if (seen.verdict.outcome === 'fail') throw refused(target, seen.verdict.reason, mayGoPast)
    if (seen.unread) throw refused(target, `its gates can't be read: ${seen.verdict.reason}`, true)
    return { plan, seen }
  }
  const past = { ...plan, breakglass: breakglassOf(reason, seen.alarms, plan) }
  const again = await observe({ ...release, plan: past }, alias)
  if (again.verdict.outcome === 'fail') throw refused(target, again.verdict.reason, false)
  return { plan: past, seen: again }
}

function refused(target: Target, why: string, mayGoPast: boolean): LambdactlError {
  const promote = commandFor(target, 'canary promote', '--breakglass', '"why"')
  return new LambdactlError(
    'PREFLIGHT_FAILED',
    `Nothing was moved, since a gate of the release does not allow it: ${why}.`,
    {
      next: [
        `End the release: ${commandFor(target, 'canary abort')}`,
        ...(mayGoPast ? [`If the release can't wait, override the gate, on record: ${promote}`] : []),
      ],
    },
  )
}
