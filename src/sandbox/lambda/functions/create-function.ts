import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Call } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, lambdaTimestamp, newRevision } from '../records/records.ts'
import { conflict, invalidParameter } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { configurationAnswer } from './answers.ts'
import { codeMembers, initialConfiguration } from './configuration.ts'
import { checkCombination, checkSettings } from './configuration-checks.ts'
import { receiveImage } from './images.ts'
import { pendingState, settleLatest } from './lifecycle.ts'
import { requireAssumable } from './role.ts'
import { checkTags } from './tags.ts'
import { receiveCode, withKey } from './uploads.ts'
import { findLayers, layersMember, requireRoom } from './used-layers.ts'
import { publish } from './versions.ts'

/** Creates a function in the state Pending; it becomes Active after the context's delay. */
export async function createFunction(
  context: LambdaContext,
  input: CreateFunctionRequest,
  call: Call,
): Promise<FunctionConfiguration> {
  const { name } = parseReference(call, input.FunctionName)
  checkCreation(input)
  requireAbsent(context, call, name)
  requireAssumable(context, input.Role)
  const received =
    input.PackageType === 'Image'
      ? receiveImage(input.Code)
      : await receiveCode(context, input.Code, 'CreateFunction', call)
  const code = withKey(received, input.Code)
  const layers = await findLayers(context, call, input.Layers)
  await requireRoom(context, { code, layers })
  // Another request may have created the function while this package was unpacked.
  requireAbsent(context, call, name)
  const configuration = {
    ...initialConfiguration(input, { name, arn: functionArn(call, name), region: call.region }),
    ...codeMembers(code),
    ...layersMember(layers),
    ...pendingState(),
    RevisionId: newRevision(),
    LastModified: lambdaTimestamp(context.clock()),
  }
  const record: FunctionRecord = {
    name,
    region: call.region,
    latest: { configuration, code, ...(layers && { layers }) },
    versions: new Map(),
    nextVersion: 1,
    aliases: new Map(),
    policies: new Map(),
    provisioned: new Map(),
    reserved: undefined,
    tags: { ...input.Tags },
    ...(input.CodeSigningConfigArn && { codeSigning: input.CodeSigningConfigArn }),
  }
  context.store.add(record)
  context.timers.after(context.updateDelayMs, () => settleLatest(context, record))
  // Lambda answers the function's own ARN, also with the version that it has published.
  return configurationAnswer(input.Publish ? publish(context, record, { isPending: true }) : record.latest)
}

function checkCreation(input: CreateFunctionRequest): void {
  checkSettings(input)
  if (input.PackageType !== 'Image' && (!input.Runtime || !input.Handler)) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  checkCombination(input)
  checkTags(input.Tags ?? {})
}

function requireAbsent(context: LambdaContext, call: Call, name: string): void {
  if (context.store.find(call.region, name)) throw conflict(`Function already exist: ${name}`)
}
