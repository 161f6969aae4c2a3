import type {
  DeleteFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigRequest,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda'
import { ownEntry } from '../../own-entry.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { EventInvokeConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, hasQualifier } from '../records/records.ts'
import { invalidParameter, notFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { checkDestinations } from './destinations.ts'

/** The five operations on the settings of asynchronous invocations. */
export function eventInvokeOperations(context: LambdaContext): Operations {
  return {
    PutFunctionEventInvokeConfig: (input: PutFunctionEventInvokeConfigRequest, call) => {
      const change = changeOf(context, input, call)
      return keep(context, change, change.given)
    },
    UpdateFunctionEventInvokeConfig: (input: PutFunctionEventInvokeConfigRequest, call) => {
      const change = changeOf(context, input, call)
      const current = ownEntry(change.record.eventInvokeConfigs, change.qualifier)
      if (!current) throw missing(change.arn)
      return keep(context, change, { ...current, ...change.given })
    },
    GetFunctionEventInvokeConfig: (input: GetFunctionEventInvokeConfigRequest, call) => {
      const { arn, config } = existing(context, input, call)
      return answer(arn, config)
    },
    DeleteFunctionEventInvokeConfig: (input: DeleteFunctionEventInvokeConfigRequest, call) => {
      const { record, qualifier } = existing(context, input, call)
      delete record.eventInvokeConfigs?.[qualifier]
      return {}
    },
    ListFunctionEventInvokeConfigs: (input: ListFunctionEventInvokeConfigsRequest, call) =>
      list(context, input, call),
  }
}

interface Change {
  record: FunctionRecord
  qualifier: string
  arn: string
  /** The settings that the request has; those that it leaves out are absent. */
  given: Partial<EventInvokeConfig>
}

/** @throws ServiceError 400, or 404 if there is no such function, version or alias */
function changeOf(context: LambdaContext, input: PutFunctionEventInvokeConfigRequest, call: Call): Change {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input
  if ((MaximumRetryAttempts ?? MaximumEventAgeInSeconds ?? DestinationConfig) === undefined) {
    throw invalidParameter('You must specify at least one of error handling or destination setting.')
  }
  const { record, qualifier, arn } = lookUp(context, input, call)
  if (!record || !hasQualifier(record, qualifier)) throw notFound("The function doesn't exist.")
  checkDestinations(context, record.name, DestinationConfig)
  return { record, qualifier, arn, given: givenIn(input) }
}

function givenIn(input: PutFunctionEventInvokeConfigRequest): Change['given'] {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: maximumAge, DestinationConfig } = input
  return {
    ...(retries !== undefined && { retries }),
    ...(maximumAge !== undefined && { maximumAge }),
    ...(DestinationConfig && {
      onSuccess: DestinationConfig.OnSuccess?.Destination || undefined,
      onFailure: DestinationConfig.OnFailure?.Destination || undefined,
    }),
  }
}

function keep(
  context: LambdaContext,
  { record, qualifier, arn }: Change,
  settings: Partial<EventInvokeConfig>,
): FunctionEventInvokeConfig {
  const config = { ...settings, lastModified: context.clock() / 1000 }
  record.eventInvokeConfigs = { ...record.eventInvokeConfigs, [qualifier]: config }
  return answer(arn, config)
}

function list(
  context: LambdaContext,
  input: ListFunctionEventInvokeConfigsRequest,
  call: Call,
): ListFunctionEventInvokeConfigsResponse {
  const { name, record } = lookUp(context, input, call)
  if (!record) throw notFound("The function doesn't exist.")
  const configs = Object.entries(record.eventInvokeConfigs ?? {})
  const { items, next } = pageOf(configs, ([qualifier]) => qualifier, input)
  return {
    FunctionEventInvokeConfigs: items.map(([qualifier, config]) =>
      answer(functionArn(call, name, qualifier), config),
    ),
    NextMarker: next,
  }
}

type Reference = { FunctionName: string | undefined; Qualifier?: string | undefined }

function lookUp(context: LambdaContext, input: Reference, call: Call) {
  const { name, qualifier = '$LATEST' } = parseReference(call, input.FunctionName, input.Qualifier)
  const record = context.store.find(call.region, name)
  return { name, record, qualifier, arn: functionArn(call, name, qualifier) }
}

function existing(context: LambdaContext, input: Reference, call: Call) {
  const { record, qualifier, arn } = lookUp(context, input, call)
  const config = ownEntry(record?.eventInvokeConfigs, qualifier)
  if (!record || !config) throw missing(arn)
  return { record, qualifier, arn, config }
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
