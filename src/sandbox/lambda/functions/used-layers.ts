import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import { largestUnzipped } from '../code/unzip.ts'
import type { LambdaContext } from '../records/context.ts'
import type { UsedLayers } from '../records/layers.ts'
import type { FunctionVersion } from '../records/records.ts'
import { invalidParameter } from '../requests/errors.ts'
import { layerVersionParts, notShared } from '../requests/layer-names.ts'

/** The most layers of a function. */
const mostLayers = 5

/**
 * Finds the layers that a request gives to a function.
 *
 * @param arns of layers' versions, in the form that the model requires; undefined if the request has none
 * @returns undefined for no layers
 * @throws ServiceError 400, or 403 for a layer of another account
 */
export async function findLayers(
  context: LambdaContext,
  call: Call,
  arns: readonly string[] = [],
): Promise<UsedLayers | undefined> {
  if (arns.length === 0) return undefined
  if (arns.length > mostLayers) throw invalidParameter(`Cannot reference more than ${mostLayers} layers.`)
  const parts = arns.map((arn) => ({ arn, code: codeOf(context, call, arn) }))
  checkDifferent(arns)
  return { parts, folder: await context.code.merge(parts.map(({ code }) => code.digest)) }
}

/** Checks that a package and its layers are not too large together. @throws ServiceError 400 */
export async function requireRoom(
  { code: store }: Pick<LambdaContext, 'code'>,
  { code, layers }: Pick<FunctionVersion, 'code' | 'layers'>,
): Promise<void> {
  if (!layers || code.imageUri) return
  const digests = [code, ...layers.parts.map((part) => part.code)].map(({ digest }) => digest)
  const sizes = await Promise.all(digests.map((digest) => store.unpackedSize(digest)))
  const size = sizes.reduce((sum, one) => sum + one, 0)
  if (size <= largestUnzipped) return
  throw invalidParameter(
    `Function code combined with layers exceeds the maximum allowed size of ${largestUnzipped} bytes. The actual size is ${size} bytes.`,
  )
}

/** The layers in a function's configuration; absent without any. */
export function layersMember(layers: UsedLayers | undefined): Pick<FunctionConfiguration, 'Layers'> {
  return layers ? { Layers: layers.parts.map(({ arn, code }) => ({ Arn: arn, CodeSize: code.size })) } : {}
}

function codeOf(context: LambdaContext, call: Call, arn: string) {
  const { region, account, name, version } = layerVersionParts(arn)
  if (account !== call.account) throw notShared(call, 'GetLayerVersion', arn)
  if (region !== call.region) {
    throw invalidParameter(
      `Layers are not in the same region as the function. Layers are expected to be in region ${call.region}.`,
    )
  }
  const found = context.layers.find(region, name)?.versions.find((one) => one.version === version)
  if (!found) throw invalidParameter(`Layer version ${arn} does not exist.`)
  return found.code
}

function checkDifferent(arns: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const arn of arns) {
    const layer = arn.replace(/:\d+$/, '')
    const other = seen.get(layer)
    if (other !== undefined) {
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      )
    }
    seen.set(layer, arn)
  }
}
