import type {
  DeleteFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigRequest,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, requireFunction, requireQualifier } from '../records/records.ts'
import { invalidParameter, notFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { numberWithin } from '../requests/validation.ts'

/** Put-, Get- and DeleteFunctionEventInvokeConfig: stored, but invocations ignore them. */
export function eventInvokeOperations(context: LambdaContext): Operations {
  return {
    PutFunctionEventInvokeConfig: (input: PutFunctionEventInvokeConfigRequest, call) =>
      put(context, input, call),
    GetFunctionEventInvokeConfig: (input: GetFunctionEventInvokeConfigRequest, call) => {
      const { record, qualifier, arn } = lookUp(context, input, call)
      const config = record?.eventInvokeConfigs?.[qualifier]
      if (!config) throw missing(arn)
      return answer(arn, config)
    },
    DeleteFunctionEventInvokeConfig: (input: DeleteFunctionEventInvokeConfigRequest, call) => {
      const { record, qualifier, arn } = lookUp(context, input, call)
      if (!record?.eventInvokeConfigs?.[qualifier]) throw missing(arn)
      delete record.eventInvokeConfigs[qualifier]
      return {}
    },
  }
}

/** A put replaces the whole configuration. */
function put(
  context: LambdaContext,
  input: PutFunctionEventInvokeConfigRequest,
  call: Call,
): FunctionEventInvokeConfig {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input
  numberWithin(MaximumRetryAttempts, 'maximumRetryAttempts', 0, 2)
  numberWithin(MaximumEventAgeInSeconds, 'maximumEventAgeInSeconds', 60, 21_600)
  if (
    MaximumRetryAttempts === undefined &&
    MaximumEventAgeInSeconds === undefined &&
    DestinationConfig === undefined
  ) {
    throw invalidParameter('You must specify at least one of error handling or destination setting.')
  }
  const { name, qualifier, arn } = lookUp(context, input, call)
  const record = requireFunction(context.store, call, { name, qualifier: undefined })
  if (qualifier !== '$LATEST') requireQualifier(record, call, qualifier)
  const config = {
    lastModified: context.clock() / 1000,
    retries: MaximumRetryAttempts,
    maximumAge: MaximumEventAgeInSeconds,
    onSuccess: DestinationConfig?.OnSuccess?.Destination,
    onFailure: DestinationConfig?.OnFailure?.Destination,
  }
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [qualifier]: config }
  return answer(arn, config)
}

function lookUp(
  context: LambdaContext,
  input: { FunctionName: string | undefined; Qualifier?: string | undefined },
  call: Call,
): { name: string; record: FunctionRecord | undefined; qualifier: string; arn: string } {
  const { name, qualifier = '$LATEST' } = parseReference(call, input.FunctionName, input.Qualifier)
  const record = context.store.find(call.region, name)
  return { name, record, qualifier, arn: functionArn(call, name, qualifier) }
}

function missing(arn: string) {
  return notFound(`The function ${arn} doesn't have an EventInvokeConfig`)
}

function answer(arn: string, config: EventInvokeConfig): FunctionEventInvokeConfig {
  const { lastModified, retries, maximumAge, onSuccess, onFailure } = config
  return {
    FunctionArn: arn,
    LastModified: new Date(lastModified * 1000),
    MaximumRetryAttempts: retries,
    MaximumEventAgeInSeconds: maximumAge,
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  }
}
