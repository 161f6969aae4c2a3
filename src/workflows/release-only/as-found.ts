import { isDeepStrictEqual } from 'node:util'
import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import { isBundledByDefault } from '../../function/bundled-by-default.ts'
import { saidSettings } from '../../function/settings/fields.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Run, Target } from '../run/run.ts'
import { waitUntilSettled } from '../run/wait-until.ts'

/** A function with its settings, and $LATEST if they come from there. */
export interface AsFound {
  fn: ResolvedFunction
  latest?: FunctionState
}

/**
 * Gives a function that another tool makes the settings of $LATEST, after that tool's update has ended. A function of
 * lambdactl's own is returned unchanged. Changes nothing in AWS.
 *
 * @throws LambdactlError NOT_FOUND for a function that its tool has not made yet, CONFIG_INVALID where the file says
 * something else than AWS
 */
export async function asFound(run: Run, target: Target, fn: ResolvedFunction): Promise<AsFound> {
  if (fn.manages === 'function') return { fn }
  const { functions } = run.aws
  const found = await functions.get(target.lambdaName)
  if (!found) throw notMade(target)
  const latest = await waitUntilSettled(functions, run.clock, target.lambdaName)
  requireAsSaid(target, fn, latest.settings)
  requireItsType(target, fn, latest.settings)
  return { fn: withSettings(fn, latest), latest }
}

/** Returns a function of another tool with that tool's settings, so that a release changes none of them. */
function withSettings(fn: ResolvedFunction, { settings, image: uri }: FunctionState): ResolvedFunction {
  const { runtime, handler, role, memoryMb, timeoutSeconds, environment } = settings
  const { architecture, logFormat, layers, description, image, ...others } = settings
  const versioned = saidSettings(others)
  return {
    ...fn,
    runtime,
    handler,
    role,
    memoryMb,
    timeoutSeconds,
    environment,
    architecture,
    logFormat,
    layers,
    description,
    bundle: fn.said?.bundle ?? isBundledByDefault(runtime, fn),
    ...(image && { image: { uri: fn.image?.uri ?? uri ?? '', ...image } }),
    ...(Object.keys(versioned).length > 0 && { versioned }),
  }
}

function requireAsSaid(
  { function: name, lambdaName }: Target,
  { said }: ResolvedFunction,
  settings: FunctionSettings,
): void {
  for (const field of ['runtime', 'handler', 'architecture', 'layers'] as const) {
    const [expected, got] = [said?.[field], settings[field] ?? []]
    if (expected === undefined || isDeepStrictEqual(expected, got)) continue
    throw new LambdactlError(
      'CONFIG_INVALID',
      `functions.${name}.${field}: ${lambdaName} has ${shown(got)}, and the file expects ${shown(expected)}.`,
      {
        next: [
          `Remove ${field} from the file, since the function's tool sets it (manages: code), or change it in that tool.`,
        ],
      },
    )
  }
}

/** An image has no source here, and Lambda keeps a function's package type. */
function requireItsType(
  { function: name, lambdaName }: Target,
  { image, isCodeAsFound }: ResolvedFunction,
  settings: FunctionSettings,
): void {
  if (isCodeAsFound || Boolean(image) === Boolean(settings.image)) return
  const [is, expected, got] = image ? ['a zip', 'source', 'image'] : ['an image', 'image', 'source']
  throw new LambdactlError(
    'CONFIG_INVALID',
    `functions.${name}: ${lambdaName} runs ${is}, and Lambda can't change that: expected the field ${expected}, got ${got}.`,
    {
      next: [
        `Replace ${got}: by ${expected}: in the file, or remove it to release the code that the function's tool gives $LATEST.`,
      ],
    },
  )
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value)
}

function notMade({ function: name, lambdaName }: Target): LambdactlError {
  return new LambdactlError(
    'NOT_FOUND',
    `The function ${lambdaName} does not exist here, and lambdactl does not make it: ${name} has manages: code.`,
    { next: ['Make it with its own tool, as in `terraform apply`, then run the command again.'] },
  )
}
