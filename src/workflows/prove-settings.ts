import { ownerCheck } from '../gates/owner-check.ts'
import { asCounted } from '../release/went-past.ts'
import { unversionedDifferences } from './apply-unversioned.ts'
import type { Unchanged } from './compare-candidate.ts'
import { judge } from './preflight.ts'
import { waysOn } from './prove-function.ts'
import type { ReleaseOptions } from './release-function.ts'
import type { Run } from './run.ts'
import { hasMark, isAdopted } from './whose-function.ts'

/**
 * Proves that settings of no version may be changed where nothing is published: not those of somebody else's function.
 *
 * @throws LambdactlError PREFLIGHT_FAILED that names them
 */
export async function proveSettings(
  run: Run,
  { target, fn, alias, serving }: Unchanged,
  { strategy, goPast = [], isProtected = false }: ReleaseOptions,
): Promise<void> {
  if (isAdopted(fn, serving) || hasMark(alias, serving)) return
  const differences = await unversionedDifferences(run, target, fn, alias)
  if (differences.length === 0) return
  const changes = differences.map(({ field, from, to }) => `${field} ${from} → ${to}`)
  const serves = `version ${serving.version}, which ${alias.name} serves,`
  const found = ownerCheck({ lambdaName: target.lambdaName, serves, changes })
  const { checks } = asCounted([found], goPast, isProtected)
  judge(
    run,
    target,
    { stable: alias.version },
    'Nothing was changed',
    checks,
    waysOn(target, { strategy }, checks),
  )
}
