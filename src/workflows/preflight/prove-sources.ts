import type { Compared } from '../candidate/compare-candidate.ts'
import type { Run } from '../run/run.ts'
import { differingTriggers, sourceChecks } from '../sources/differences.ts'
import { type Judged, judge } from './judge.ts'

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
