import { partitionOf } from '../../../function/values/partition.ts'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { required } from './validation.ts'

/** A layer's version in the parts of its ARN. */
export interface LayerVersionName {
  region: string
  account: string
  name: string
  version: number
}

/** Reads the ARN of a layer's version, in the form that the model requires. */
export function layerVersionParts(arn: string): LayerVersionName {
  const [, , , region = '', account = '', , name = '', version] = arn.split(':')
  return { region, account, name, version: Number(version) }
}

/** Reads a layer's name or ARN. @throws ServiceError 403 for another account or Region */
export function readLayerName(call: Call, given: string | undefined, action: string): string {
  const text = required(given, 'layerName')
  if (!text.startsWith('arn:')) return text
  const [, , , region, account, , name = ''] = text.split(':')
  if (account !== call.account || region !== call.region) throw notShared(call, action, text)
  return name
}

/** 403: the sandbox has no layers of other accounts. */
export function notShared({ account, region }: Call, action: string, arn: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    403,
    `User: arn:${partitionOf(region)}:iam::${account}:root is not authorized to perform: lambda:${action} on resource: ${arn} because no resource-based policy allows the lambda:${action} action`,
  )
}

/** The ARN of a layer, or of its version. */
export function layerArn(
  { account }: Pick<Call, 'account'>,
  layer: { region: string; name: string },
  version?: number,
): string {
  const arn = `arn:${partitionOf(layer.region)}:lambda:${layer.region}:${account}:layer:${layer.name}`
  return version === undefined ? arn : `${arn}:${version}`
}
