import { driftCheck, rolledBackCheck } from '../../gates/candidate/past-checks.ts'
import type { FunctionDiff } from '../../release/changes/function-diff.ts'
import { asCounted } from '../../release/plan/went-past.ts'
import type { Check } from '../../release/values/check.ts'
import type { Sides } from '../candidate/changes-of.ts'
import { isOurs } from '../candidate/whose-function.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'
import { differenceWords } from '../settings/difference.ts'
import { overwritten } from './overwritten.ts'
import { foreignCheck, replaced, waysOn } from './prove-function.ts'
import { rolledBackBefore } from './rolled-back-before.ts'

/** The changes that a deploy would make, with their place. */
export interface Changing extends Sides {
  changes: Pick<FunctionDiff, 'deploys' | 'configuration' | 'attachments'>
  isProtected: boolean
  /** Returns the function's journal; called only if it decides something. */
  past: () => Promise<Past>
}

/**
 * The reason why a deploy would stop before it changes anything, by its findings about the function itself; undefined
 * if it would not stop.
 */
export async function wouldStop(run: Run, target: Target, changing: Changing): Promise<FunctionDiff['stop']> {
  const { fn, local, latest, serving, alias, changes, isProtected, past } = changing
  const held = { target, fn, local, serving, alias }
  const isKnown = await isOurs(run, { ...held, latest }, past)
  const found = [
    ...(isKnown ? [] : [foreignCheck(held, changes)]),
    ...replaced(target, fn, serving),
    ...(isKnown && isProtected ? await pastChecks(run, target, changing) : []),
  ]
  const checks = asCounted(found, [], isProtected).checks.filter(({ outcome }) => outcome === 'fail')
  if (checks.length === 0) return undefined
  return { checks, next: waysOn(run, target, { strategy: 'all-at-once' }, checks) }
}

/** These are only warnings in an environment that is not protected. */
async function pastChecks(
  run: Run,
  target: Target,
  { fn, local, latest, serving, alias, changes, past }: Changing,
): Promise<Check[]> {
  if (!changes.deploys) {
    return driftCheck(changes.attachments.filter(({ byHand }) => byHand).map(differenceWords))
  }
  const known = await past()
  const rolledBack = { target, alias, origin: { digest: local.digest } }
  return [
    ...driftCheck(await overwritten(run, { target, fn, local, serving, alias }, latest, known)),
    ...rolledBackCheck(await rolledBackBefore(run, rolledBack, known), run.clock.now()),
  ]
}
