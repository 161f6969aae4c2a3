import { driftCheck } from '../../gates/candidate/past-checks.ts'
import { asCounted } from '../../release/plan/went-past.ts'
import type { Check } from '../../release/values/check.ts'
import type { Compared, Unchanged } from '../candidate/compare-candidate.ts'
import { isOurs } from '../candidate/whose-function.ts'
import { readPast } from '../run/read-past.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import type { Run } from '../run/run.ts'
import { attachmentDifferences } from '../settings/apply-attachments.ts'
import { changedByHand } from '../settings/configured.ts'
import type { Difference } from '../settings/difference.ts'
import { differenceWords } from '../settings/difference.ts'
import { differingTriggers, sourceChecks } from '../sources/differences.ts'
import { type Judged, judge } from './judge.ts'
import { foreignCheck, replaced, waysOn } from './prove-function.ts'

/**
 * Proves that settings of no version may be changed when nothing is published: the function is not somebody else's, and
 * none was changed by hand without a person's permission.
 *
 * @returns the differences
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks
 */
export async function proveSettings(
  run: Run,
  compared: Unchanged,
  { strategy, goPast = [], isProtected = false }: ReleaseOptions,
): Promise<readonly Difference[]> {
  const { target, fn, alias, serving } = compared
  const differences = await attachmentDifferences(run, target, fn, alias)
  const changes = differences.length > 0
  const found = [
    ...replaced(target, fn, serving),
    ...(changes ? await checksOf(run, compared, differences) : []),
  ]
  // If there is nothing to do, no check has to be gone past.
  const { checks } = asCounted(found, goPast, isProtected && changes)
  const plan = { stable: alias.version, strategy }
  await proveSources(run, compared, plan)
  judge(
    { run, target, plan },
    { consequence: 'Nothing was changed', checks, ways: waysOn(run, target, plan, checks) },
  )
  return differences
}

async function checksOf(run: Run, compared: Unchanged, differences: readonly Difference[]): Promise<Check[]> {
  const { target, fn } = compared
  const past = () => readPast(run, target)
  if (await isOurs(run, compared, past)) {
    return driftCheck(changedByHand(differences, await past(), target, fn).map(differenceWords))
  }
  return [foreignCheck(compared, { configuration: [], attachments: differences })]
}

/**
 * Proves that the sources of the file's triggers are there, and that nobody else's trigger is in the way. Changes
 * nothing; without triggers it reads nothing.
 *
 * @throws LambdactlError PREFLIGHT_FAILED with the command that makes a source
 */
export async function proveSources(
  run: Run,
  { target, fn, alias }: Pick<Compared, 'target' | 'fn' | 'alias'>,
  plan: Judged,
): Promise<void> {
  const { problems } = await differingTriggers(run, target, fn, { isAliasThere: alias !== undefined })
  const checks = sourceChecks(fn, problems)
  judge({ run, target, plan }, { consequence: 'Nothing was changed', checks })
}
