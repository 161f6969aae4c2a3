import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { FunctionSettings, FunctionState } from '../../ports/functions.ts'
import type { Target } from '../run/run.ts'

/** Settings that Lambda gives a function at its creation or never, and the words for a function that has them. */
const fixed = [
  ['durable', 'a durable function', 'A function is durable from its creation on, or never.'],
  [
    'capacityProvider',
    'one on managed instances',
    'A function runs on managed instances from its creation on, or never.',
  ],
  [
    'tenancy',
    'one with environments of their own for tenants',
    'A function has them from its creation on, or never.',
  ],
] as const

/**
 * Refuses to make of a function what Lambda makes only of a new one, or to take it away.
 *
 * @param latest undefined where the function is to be created
 * @throws LambdactlError CONFIG_INVALID
 */
export function requireCreatedAlike(
  { function: name, lambdaName }: Target,
  { versioned = {} }: ResolvedFunction,
  latest: FunctionState | undefined,
): void {
  if (!latest) return
  for (const [field, what, why] of fixed) {
    if (versioned[field] === undefined || has(versioned, field) === has(latest.settings, field)) continue
    const [is, wanted] = has(versioned, field) ? [`is not ${what}`, 'to be'] : [`is ${what}`, 'not to be']
    throw new LambdactlError(
      'CONFIG_INVALID',
      `The function ${lambdaName} ${is}, and ${field} asks for it ${wanted}. ${why}`,
      {
        next: [
          `Give it a name of its own, functions.${name}.name, so that a new function is created; then move its triggers there.`,
          `Or take ${field} out of lambdactl.yaml, and it stays as it is.`,
        ],
      },
    )
  }
}

type Fixed = Pick<FunctionSettings, (typeof fixed)[number][0]>

function has(settings: Fixed, field: keyof Fixed): boolean {
  return Boolean(settings[field]) && settings[field] !== 'none'
}
