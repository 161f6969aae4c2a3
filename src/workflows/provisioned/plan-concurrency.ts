import type { ResolvedFunction } from '../../config/types.ts'
import { asLambdactlError, isCode } from '../../errors/error.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import type { PlannedConcurrency } from '../../release/plan/planned-concurrency.ts'
import { planConcurrency, strays } from '../../release/plan/provisioned.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** A function's provisioned concurrency, and the alias that may have some of its own. */
interface FoundConcurrency {
  provisioned: readonly ProvisionedConcurrency[]
  alias: AliasState | undefined
}

/**
 * A function's provisioned concurrency. A caller without permission to see it can still release a function that is
 * configured without it.
 *
 * @throws LambdactlError AWS's error; NOT_PERMITTED only for a function that is configured with it
 */
export async function readProvisioned(
  run: Run,
  target: Target,
  { provisionedConcurrency }: ResolvedFunction,
): Promise<ProvisionedConcurrency[]> {
  try {
    return await run.aws.concurrency.provisioned(target.lambdaName)
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return []
    if (!isCode(error, 'NOT_PERMITTED') || provisionedConcurrency !== undefined) throw error
    warn(
      run,
      target,
      `The new version gets no provisioned concurrency, even if the present one has some. ${error.message}`,
    )
    return []
  }
}

/** Returns the provisioned concurrency of a plan; empty for a function without it. */
export function concurrencyOf(
  { provisioned: found, alias }: FoundConcurrency,
  { provisionedConcurrency, manages }: ResolvedFunction,
): { provisioned?: PlannedConcurrency } {
  // Another tool's is left alone.
  if (manages === 'code' && provisionedConcurrency === undefined) return {}
  const provisioned = planConcurrency(found, alias, provisionedConcurrency)
  return provisioned ? { provisioned } : {}
}

/** Names versions with environments that this release does not use: somebody pays for them. */
export function warnOfStrays(
  run: Run,
  target: Target,
  { provisioned, alias }: FoundConcurrency,
  candidate: string,
): void {
  if (!alias || target.codeOnly?.provisions === false) return
  for (const { qualifier, requested } of strays(provisioned, alias)) {
    if (qualifier === candidate) continue
    const how = commandFor(target, 'concurrency provision', 'none', '--version', qualifier)
    const text = `version ${qualifier} has ${requested} provisioned environments, and ${alias.name} does not use it. If nothing else does: ${how}`
    warn(run, target, text)
  }
}

/** For an unchanged function, warns if the configured concurrency is missing. */
export async function warnOfOther(
  run: Run,
  target: Target,
  alias: AliasState | undefined,
  { provisionedConcurrency: wanted }: ResolvedFunction,
): Promise<void> {
  if (wanted === undefined || !alias) return
  try {
    const found = await run.aws.concurrency.provisioned(target.lambdaName)
    const own = found.find(({ qualifier }) => qualifier === alias.version || qualifier === alias.name)
    if (own?.requested === wanted) return
    const how = commandFor(target, 'concurrency provision', String(wanted))
    const text = `version ${alias.version} has ${own?.requested ?? 0} provisioned environments, and ${run.config.name} says ${wanted}; the next release sets them. To set them now: ${how}`
    warn(run, target, text)
  } catch (error) {
    warn(run, target, asLambdactlError(error).message)
  }
}
