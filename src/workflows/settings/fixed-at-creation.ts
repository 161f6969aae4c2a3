import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import { isSame } from '../../function/settings/fields.ts'
import { rowOf, settingKeys } from '../../function/settings/rows.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Target } from '../run/run.ts'

/**
 * Refuses to add or remove a setting that a function has from its creation or never.
 *
 * @param latest undefined if the release creates the function
 * @throws LambdactlError CONFIG_INVALID
 */
export function requireCreatedAlike(
  { function: name, lambdaName }: Target,
  { versioned = {} }: ResolvedFunction,
  latest: FunctionState | undefined,
): void {
  if (!latest) return
  const wanted: Partial<FunctionSettings> = versioned
  for (const field of settingKeys) {
    const { sinceCreation } = rowOf(field)
    if (!sinceCreation || wanted[field] === undefined) continue
    const [wantsIt, hasIt] = [wanted, latest.settings].map((of) => !isSame(field, of[field], undefined))
    if (wantsIt === hasIt) continue
    const { with: what, why } = sinceCreation
    const [is, asked] = wantsIt ? [`is not ${what}`, 'to be'] : [`is ${what}`, 'not to be']
    throw new LambdactlError(
      'CONFIG_INVALID',
      `The function ${lambdaName} ${is}, and ${field} asks for it ${asked}. ${why}`,
      {
        next: [
          `Give it a name of its own, functions.${name}.name, so that a new function is created; then move its triggers there.`,
          (config) => `Or remove ${field} from ${config.name}, and the function stays as it is.`,
        ],
      },
    )
  }
}
