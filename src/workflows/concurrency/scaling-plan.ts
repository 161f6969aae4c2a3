import { LambdactlError } from '../../errors/error.ts'
import { refusedProvision } from '../../operation/concurrency/limits.ts'
import { firstAmount, type WantedScaling } from '../../operation/concurrency/scaling.ts'
import type { Scaled } from '../../ports/concurrency.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { commandFor, deployFirst, type Run, type Target } from '../run/run.ts'
import { beyondLimit } from './explain-limit.ts'
import { type ConcurrencyStatus, readConcurrency, totalOf } from './status.ts'

/** The state that scaling begins with. */
export interface FoundScaling {
  alias: AliasState
  concurrency: ConcurrencyStatus
  /** The scaling of the alias; undefined for none. */
  scaled: Scaled | undefined
}

/** The environments before any scaling: the version's own move to the alias, since Lambda allows no others beside them. */
export interface Moving {
  /** The version with environments of its own, and their number; absent if there are none. */
  fromVersion?: { version: string; amount: number }
  /** The environments that the alias gets; absent if it has as many, or needs none. */
  toAlias?: number
}

/**
 * Reads them.
 *
 * @throws LambdactlError NOT_FOUND without the alias
 */
export async function findScaling(run: Run, target: Target): Promise<FoundScaling> {
  const { aliases, scaling } = run.aws
  const [alias, concurrency, scaled] = await Promise.all([
    aliases.get(target.lambdaName, target.alias),
    readConcurrency(run, target),
    scaling.scaled(target.lambdaName),
  ])
  const ofAlias = scaled.find(({ qualifier }) => qualifier === target.alias)
  if (alias) return { alias, concurrency, scaled: ofAlias }
  const message = `${target.lambdaName} has no alias ${target.alias}, so there is nothing to scale.`
  throw new LambdactlError('NOT_FOUND', message, {
    next: [deployFirst(target)],
  })
}

/**
 * Plans the environments of a scaled alias.
 *
 * @throws LambdactlError CONFLICT while the alias has a weight; USAGE beyond the limits
 */
export function planMoving(target: Target, found: FoundScaling, wanted: WantedScaling): Moving {
  const { alias, concurrency } = found
  if (alias.weight) throw inRelease(target, alias.weight)
  requireWithin(target, found, wanted)
  const of = (qualifier: string) => concurrency.provisioned.find((one) => one.qualifier === qualifier)
  const version = of(alias.version)
  const now = of(alias.name)?.requested ?? 0
  const first = firstAmount(now || (version?.requested ?? 0), wanted)
  return {
    ...(version && { fromVersion: { version: alias.version, amount: version.requested } }),
    ...(first !== now && first > 0 && { toAlias: first }),
  }
}

function requireWithin(target: Target, { alias, concurrency }: FoundScaling, { max }: WantedScaling): void {
  const { reserved, provisioned, account } = concurrency
  const own = [alias.name, alias.version]
  const others = totalOf(provisioned.filter(({ qualifier }) => !own.includes(qualifier)))
  const refusal = refusedProvision(account, { reserved, provisioned: others }, max)
  if (refusal) throw beyondLimit(target, 'provision', max, refusal)
}

function inRelease(target: Target, { version, percent }: NonNullable<AliasState['weight']>): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `${target.alias} gives version ${version} ${percent}% of its traffic, and Lambda allows no provisioned concurrency on an alias with weights.`,
    { next: [`End the release first: ${commandFor(target, 'canary status')}`] },
  )
}
