import type {
  FunctionConfiguration,
  UpdateFunctionCodeRequest,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, requireNamed, requireRevision } from '../records/records.ts'
import { parseReference } from '../requests/names.ts'
import { omit } from '../requests/omit.ts'
import { configurationAnswer, versionAnswer } from './answers.ts'
import { changedSettings, codeMembers, imageSettings } from './configuration.ts'
import { checkCombination, checkSettings } from './configuration-checks.ts'
import { updatedCreatedSettings } from './created-settings.ts'
import { receiveImage } from './images.ts'
import { beginUpdate, requireSettled } from './lifecycle.ts'
import { requireAssumable } from './role.ts'
import { receiveCode, withKey } from './uploads.ts'
import { findLayers, layersMember, requireRoom } from './used-layers.ts'
import { publish } from './versions.ts'

/** Replaces a function's package, and publishes a version on request. */
export async function updateFunctionCode(
  context: LambdaContext,
  input: UpdateFunctionCodeRequest,
  call: Call,
): Promise<FunctionConfiguration> {
  const { PackageType } = requireUpdatable(context, call, input).latest.configuration
  const received =
    PackageType === 'Image'
      ? receiveImage(input)
      : await receiveCode(context, input, 'UpdateFunctionCode', call)
  const code = withKey(received, input)
  await requireRoom(context, { code, layers: requireNamed(context.store, call, input).latest.layers })
  // While the package was unpacked, another update may have started, or the function may have been deleted and created
  // again.
  const record = requireUpdatable(context, call, input)
  const { latest } = record
  const configuration = { ...latest.configuration, ...codeMembers(code) }
  if (input.Architectures) configuration.Architectures = input.Architectures
  if (input.DryRun) return configurationAnswer({ configuration, code })
  beginUpdate(context, record, { configuration, code })
  return input.Publish
    ? versionAnswer(publish(context, record, { isPending: true }))
    : configurationAnswer(latest)
}

/** Changes the settings in the request; identical settings are an update too. */
export async function updateFunctionConfiguration(
  context: LambdaContext,
  input: UpdateFunctionConfigurationRequest,
  call: Call,
): Promise<FunctionConfiguration> {
  const { name } = parseReference(call, input.FunctionName)
  const found = context.store.find(call.region, name)?.latest.configuration
  checkSettings(input, found?.CapacityProviderConfig !== undefined)
  const { latest: before } = requireUpdatable(context, call, input)
  requireAssumable(context, input.Role)
  const layers = input.Layers ? await findLayers(context, call, input.Layers) : before.layers
  await requireRoom(context, { code: before.code, layers })
  // While layers were merged, another update may have started.
  const record = requireUpdatable(context, call, input)
  const current = omit(record.latest.configuration, 'Layers', 'ImageConfigResponse')
  const created = updatedCreatedSettings(current, input)
  const configuration: FunctionConfiguration = {
    ...current,
    ...layersMember(layers),
    ...changedSettings(current, input, call.region),
    ...imageSettings(record.latest.configuration, input),
    ...created,
  }
  checkCombination(configuration)
  beginUpdate(context, record, { configuration, layers })
  return configurationAnswer(record.latest)
}

function requireUpdatable(
  context: LambdaContext,
  call: Call,
  input: { FunctionName: string | undefined; RevisionId?: string | undefined },
): FunctionRecord {
  const record = requireNamed(context.store, call, input)
  requireSettled(record)
  requireRevision(record, input.RevisionId)
  return record
}
