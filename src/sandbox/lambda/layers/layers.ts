import type {
  DeleteLayerVersionRequest,
  GetLayerVersionByArnRequest,
  GetLayerVersionRequest,
  GetLayerVersionResponse,
  LayerVersionsListItem,
  ListLayersRequest,
  ListLayersResponse,
  ListLayerVersionsRequest,
  ListLayerVersionsResponse,
  PublishLayerVersionRequest,
} from '@aws-sdk/client-lambda'
import { numberKey } from '../../protocol/paging.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { receiveCode } from '../functions/uploads.ts'
import type { LambdaContext } from '../records/context.ts'
import type { LayerRecord, LayerVersion } from '../records/layers.ts'
import { lambdaTimestamp } from '../records/records.ts'
import { invalidParameter, notFound } from '../requests/errors.ts'
import { layerArn, layerVersionParts, notShared, readLayerName } from '../requests/layer-names.ts'
import { pageOf } from '../requests/paging.ts'
import { required } from '../requests/validation.ts'

/** PublishLayerVersion, GetLayerVersion, GetLayerVersionByArn, ListLayers, ListLayerVersions, DeleteLayerVersion. */
export function layerOperations(context: LambdaContext): Operations {
  return {
    PublishLayerVersion: (input: PublishLayerVersionRequest, call) => publish(context, input, call),
    GetLayerVersion: (input: GetLayerVersionRequest, call) => {
      const name = readLayerName(call, input.LayerName, 'GetLayerVersion')
      return read(context, call, name, checkNumber(input.VersionNumber))
    },
    GetLayerVersionByArn: (input: GetLayerVersionByArnRequest, call) => readByArn(context, input, call),
    ListLayers: (input: ListLayersRequest, call) => listLayers(context, input, call),
    ListLayerVersions: (input: ListLayerVersionsRequest, call) => listVersions(context, input, call),
    DeleteLayerVersion: (input: DeleteLayerVersionRequest, call) => remove(context, input, call),
  }
}

async function publish(
  context: LambdaContext,
  input: PublishLayerVersionRequest,
  call: Call,
): Promise<GetLayerVersionResponse> {
  const name = readLayerName(call, input.LayerName, 'PublishLayerVersion')
  const content = required(input.Content, 'content')
  const code = await receiveCode(context, content, 'PublishLayerVersion', call)
  const { nextVersion, versions } = context.layers.find(call.region, name) ?? { nextVersion: 1, versions: [] }
  const version: LayerVersion = {
    version: nextVersion,
    description: input.Description ?? '',
    created: lambdaTimestamp(context.clock()),
    license: input.LicenseInfo,
    runtimes: input.CompatibleRuntimes,
    architectures: input.CompatibleArchitectures,
    code,
  }
  const layer = { name, region: call.region, nextVersion: nextVersion + 1, versions: [...versions, version] }
  context.layers.keep(layer)
  return answer(context, call, layer, version)
}

function readByArn(
  context: LambdaContext,
  { Arn }: GetLayerVersionByArnRequest,
  call: Call,
): GetLayerVersionResponse {
  const arn = required(Arn, 'arn')
  const { account, region, name, version } = layerVersionParts(arn)
  if (account !== call.account || region !== call.region) throw notShared(call, 'GetLayerVersion', arn)
  return read(context, call, name, version)
}

function read(context: LambdaContext, call: Call, name: string, number: number): GetLayerVersionResponse {
  const layer = context.layers.find(call.region, name)
  const version = layer?.versions.find(({ version: own }) => own === number)
  if (!layer || !version) throw notFound('The resource you requested does not exist.')
  return answer(context, call, layer, version)
}

/** Deleting a missing version is no error. */
function remove(context: LambdaContext, input: DeleteLayerVersionRequest, call: Call): object {
  const name = readLayerName(call, input.LayerName, 'DeleteLayerVersion')
  const number = checkNumber(input.VersionNumber)
  const layer = context.layers.find(call.region, name)
  if (!layer) return {}
  context.layers.keep({ ...layer, versions: layer.versions.filter(({ version }) => version !== number) })
  return {}
}

/** Each layer with its newest version that fits; a layer without one is not listed. */
function listLayers(context: LambdaContext, input: ListLayersRequest, call: Call): ListLayersResponse {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = input
  const found = context.layers.in(call.region).flatMap((layer) => {
    const newest = layer.versions.findLast((version) => isCompatible(version, runtime, architecture))
    return newest ? [{ layer, newest }] : []
  })
  const { items, next } = pageOf(found, ({ layer }) => layer.name, input)
  return {
    Layers: items.map(({ layer, newest }) => ({
      LayerName: layer.name,
      LayerArn: layerArn(call, layer),
      LatestMatchingVersion: listItem(call, layer, newest),
    })),
    NextMarker: next,
  }
}

/** The newest version first; a missing layer has none. */
function listVersions(
  context: LambdaContext,
  input: ListLayerVersionsRequest,
  call: Call,
): ListLayerVersionsResponse {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = input
  const name = readLayerName(call, input.LayerName, 'ListLayerVersions')
  const layer = context.layers.find(call.region, name)
  const fitting = layer?.versions.filter((version) => isCompatible(version, runtime, architecture)) ?? []
  const { items, next } = pageOf(fitting, newestFirst, input)
  return {
    LayerVersions: layer ? items.map((version) => listItem(call, layer, version)) : [],
    NextMarker: next,
  }
}

function checkNumber(version: number | undefined): number {
  const number = required(version, 'versionNumber')
  if (number < 1) throw invalidParameter('Layer Version Cannot be less than 1')
  return number
}

function listItem(call: Call, layer: LayerRecord, version: LayerVersion): LayerVersionsListItem {
  return {
    LayerVersionArn: layerArn(call, layer, version.version),
    Version: version.version,
    Description: version.description,
    CreatedDate: version.created,
    CompatibleRuntimes: version.runtimes as LayerVersionsListItem['CompatibleRuntimes'],
    CompatibleArchitectures: version.architectures as LayerVersionsListItem['CompatibleArchitectures'],
    LicenseInfo: version.license,
  }
}

function answer(
  { downloads }: LambdaContext,
  call: Call,
  layer: LayerRecord,
  version: LayerVersion,
): GetLayerVersionResponse {
  const { digest, sha256, size } = version.code
  return {
    ...listItem(call, layer, version),
    LayerArn: layerArn(call, layer),
    Content: {
      Location: `http://${call.host}${downloads.link(digest)}`,
      CodeSha256: sha256,
      CodeSize: size,
    },
  }
}

function newestFirst({ version }: LayerVersion): string {
  return numberKey(Number.MAX_SAFE_INTEGER - version)
}

/** A layer is found by a runtime or an architecture if it names it. */
function isCompatible(
  { runtimes = [], architectures = [] }: LayerVersion,
  runtime: string | undefined,
  architecture: string | undefined,
): boolean {
  return (
    (runtime === undefined || runtimes.includes(runtime)) &&
    (architecture === undefined || architectures.includes(architecture))
  )
}
