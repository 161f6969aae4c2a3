import { type Pair, splitChecks } from '../../gates/candidate/split-check.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, type Target } from '../run/run.ts'
import { judge, noTraffic } from './judge.ts'

/**
 * Proves that Lambda will accept the candidate beside stable: settings that the file leaves alone may have changed
 * meanwhile.
 *
 * @throws LambdactlError PREFLIGHT_FAILED with the differences
 */
export function proveSplit(
  release: PlannedRelease,
  alias: AliasState | undefined,
  pair: Pair | undefined,
): void {
  if (!alias) return
  const checks = splitChecks(release.plan, alias, pair)
  judge(release, { consequence: noTraffic(release.plan), checks, ways: splitWays(release.target, alias) })
}

/** The next steps if Lambda would not accept the two versions. */
export function splitWays(target: Target, { name, version }: AliasState): string[] {
  const deploy = commandFor(target, 'deploy')
  if (version === '$LATEST') return [`To put ${name} on a version first: ${deploy}`]
  return [
    `To switch at once, which Lambda allows: ${deploy}`,
    `To release the code with a canary, first make this change alone, with unchanged code: ${deploy}`,
  ]
}
