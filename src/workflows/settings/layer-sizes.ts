import type { ResolvedFunction } from '../../config/types.ts'
import { asLambdactlError } from '../../errors/error.ts'
import { largestShares, requireWithin } from '../../packaging/model/limits.ts'
import type { FunctionPackage } from '../../packaging/model/types.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Refuses a package that is too large beside its layers: together they may unzip to 250 MiB. Lambda tells only the
 * zipped size of a layer, so each counts with that. A layer of unknown size does not count, and a warning says so.
 *
 * @throws LambdactlError PACKAGE_INVALID naming the largest parts
 */
export async function requireRoomForLayers(
  run: Run,
  target: Target,
  { layers = [] }: ResolvedFunction,
  built: FunctionPackage | undefined,
): Promise<void> {
  if (!built || layers.length === 0) return
  const sizes = await Promise.all(layers.map((arn) => sizeOf(run, target, arn)))
  const parts = layers.map((arn, index) => ({ path: `layer ${shortName(arn)}`, size: sizes[index] ?? 0 }))
  const total = parts.reduce((sum, { size }) => sum + size, built.unzippedBytes)
  requireWithin('unzipped', total, largestShares([...built.parts, ...parts]))
}

/** Undefined, with a warning, if the size can't be read: a person who may release may lack the permission. */
async function sizeOf(run: Run, target: Target, arn: string): Promise<number | undefined> {
  try {
    return await run.aws.functions.layerBytes(arn)
  } catch (error) {
    const text = `the size of the layer ${shortName(arn)} is unknown and doesn't count: ${asLambdactlError(error).message}`
    warn(run, target, text)
    return undefined
  }
}

/** `pad:3` of `arn:aws:lambda:eu-west-1:123456789012:layer:pad:3`. */
function shortName(arn: string): string {
  return arn.split(':').slice(6).join(':') || arn
}
