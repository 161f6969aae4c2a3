import { randomUUID } from 'node:crypto'
import type {
  CreateEventSourceMappingRequest,
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  GetEventSourceMappingRequest,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda'
import { partitionOf } from '../../../function/values/partition.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { checkDestinations } from '../controls/destinations.ts'
import { checkTags } from '../functions/tags.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { hasQualifier } from '../records/records.ts'
import { conflict, invalidParameter, notFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { required } from '../requests/validation.ts'
import { checkQueue } from './check-queue.ts'
import { checkStream } from './check-stream.ts'
import { checkMappingSettings, givenSettings, initialSettings } from './mapping-settings.ts'
import { checkPosition, sourceOf } from './sources.ts'
import { noteBeginning } from './stream-positions.ts'

/** The five operations on event source mappings. Queues and streams are read. */
export function mappingOperations(context: LambdaContext): Operations {
  return {
    CreateEventSourceMapping: (input: CreateEventSourceMappingRequest, call) => create(context, input, call),
    GetEventSourceMapping: (input: GetEventSourceMappingRequest, call) =>
      answer(call, existing(context, call, input.UUID)),
    UpdateEventSourceMapping: (input: UpdateEventSourceMappingRequest, call) => update(context, input, call),
    DeleteEventSourceMapping: (input: DeleteEventSourceMappingRequest, call) => remove(context, input, call),
    ListEventSourceMappings: (input: ListEventSourceMappingsRequest, call) => list(context, input, call),
  }
}

function create(
  context: LambdaContext,
  input: CreateEventSourceMappingRequest,
  call: Call,
): EventSourceMappingConfiguration {
  requireNoSuccess(input)
  const source = sourceOf(input)
  checkPosition(source, input)
  const { name, arn } = requireTarget(context, call, input.FunctionName)
  checkQueue(context, input.EventSourceArn, { region: call.region, name })
  checkStream(context, input.EventSourceArn, call.region)
  checkDestinations(context, name, input.DestinationConfig)
  const settings = initialSettings(source, input)
  checkMappingSettings(source, input, settings)
  checkTags(input.Tags ?? {})
  requireNone(context, call, { arn, name, source: input.EventSourceArn, isQueue: source.kind === 'sqs' })
  const record: MappingRecord = {
    uuid: randomUUID(),
    region: call.region,
    functionArn: arn,
    lastModified: context.clock() / 1000,
    state: 'Creating',
    isEnabled: input.Enabled ?? true,
    settings,
    tags: { ...input.Tags },
  }
  context.mappings.keep(record)
  if (record.isEnabled && source.isStream) noteBeginning(context, record)
  settleLater(context, record)
  return answer(call, record)
}

function update(
  context: LambdaContext,
  input: UpdateEventSourceMappingRequest,
  call: Call,
): EventSourceMappingConfiguration {
  const before = existing(context, call, input.UUID)
  requireNoSuccess(input)
  requireIdle(before, 'update')
  const target =
    input.FunctionName === undefined ? undefined : requireTarget(context, call, input.FunctionName)
  const { name } = parseReference(call, target?.arn ?? before.functionArn)
  checkDestinations(context, name, input.DestinationConfig)
  const settings = { ...before.settings, ...givenSettings(input) }
  checkMappingSettings(sourceOf(settings), input, settings)
  const isEnabled = input.Enabled ?? before.isEnabled
  const record: MappingRecord = {
    ...before,
    functionArn: target?.arn ?? before.functionArn,
    lastModified: context.clock() / 1000,
    state: stateOfUpdate(before.isEnabled, isEnabled),
    isEnabled,
    settings,
  }
  context.mappings.keep(record)
  settleLater(context, record)
  return answer(call, record)
}

/** A mapping has a destination for failures only. */
function requireNoSuccess({ DestinationConfig }: Pick<CreateEventSourceMappingRequest, 'DestinationConfig'>) {
  if (DestinationConfig?.OnSuccess?.Destination === undefined) return
  throw invalidParameter('Unsupported DestinationConfig parameter for given event source mapping type.')
}

function stateOfUpdate(wasEnabled: boolean, isEnabled: boolean): MappingRecord['state'] {
  if (wasEnabled === isEnabled) return 'Updating'
  return isEnabled ? 'Enabling' : 'Disabling'
}

function remove(
  context: LambdaContext,
  input: DeleteEventSourceMappingRequest,
  call: Call,
): EventSourceMappingConfiguration {
  const before = existing(context, call, input.UUID)
  requireIdle(before, 'delete')
  const record: MappingRecord = { ...before, state: 'Deleting' }
  context.mappings.keep(record)
  context.timers.after(context.updateDelayMs, () => forget(context, record.uuid))
  return answer(call, record)
}

/** Mappings of an alias or a version are listed by its name or ARN, and not by the function's. */
function list(
  context: LambdaContext,
  input: ListEventSourceMappingsRequest,
  call: Call,
): ListEventSourceMappingsResponse {
  const { FunctionName, EventSourceArn } = input
  const wanted = FunctionName === undefined ? undefined : arnOfTarget(call, FunctionName)
  const found = context.mappings
    .in(call.region)
    .filter(
      ({ functionArn: arn, settings }) =>
        (wanted === undefined || arn === wanted) &&
        (EventSourceArn === undefined || settings.EventSourceArn === EventSourceArn),
    )
  const { items, next } = pageOf(found, ({ uuid }) => uuid, input)
  return { EventSourceMappings: items.map((record) => answer(call, record)), NextMarker: next }
}

/** Ends what an earlier sandbox had begun. */
export function settleMappings(context: LambdaContext): void {
  const { mappings, poll } = context
  for (const record of mappings.values()) {
    if (record.state === 'Deleting') forget(context, record.uuid)
    else mappings.keep({ ...record, state: settledState(record) })
    poll(record.uuid)
  }
}

function forget({ mappings, checkpoints }: LambdaContext, uuid: string): void {
  mappings.delete(uuid)
  checkpoints.forget(uuid)
}

function settledState({ isEnabled }: MappingRecord): MappingRecord['state'] {
  return isEnabled ? 'Enabled' : 'Disabled'
}

function settleLater(context: LambdaContext, { uuid, lastModified }: MappingRecord): void {
  context.timers.after(context.updateDelayMs, () => {
    const now = context.mappings.get(uuid)
    if (now?.lastModified === lastModified && now.state !== 'Deleting') {
      context.mappings.keep({ ...now, state: settledState(now) })
      context.poll(uuid)
    }
  })
}

function existing(context: LambdaContext, call: Call, uuid: string | undefined): MappingRecord {
  const found = context.mappings.find(call.region, required(uuid, 'uuid'))
  if (!found) throw notFound('The resource you requested does not exist.')
  return found
}

function requireIdle({ state }: MappingRecord, verb: 'update' | 'delete'): void {
  if (state === 'Enabled' || state === 'Disabled') return
  throw new ServiceError(
    'ResourceInUseException',
    400,
    `Cannot ${verb} the event source mapping because it is in use.`,
    { Type: 'User' },
  )
}

function arnOfTarget(call: Call, functionName: string | undefined): string {
  const { name, qualifier } = parseReference(call, functionName)
  return functionArn(call, name, qualifier)
}

function requireTarget(context: LambdaContext, call: Call, functionName: string | undefined) {
  const { name, qualifier = '$LATEST' } = parseReference(call, functionName)
  const record = context.store.find(call.region, name)
  if (!record || !hasQualifier(record, qualifier)) throw invalidParameter('Function does not exist')
  return { name, arn: arnOfTarget(call, functionName) }
}

interface Pair {
  arn: string
  name: string
  source: string | undefined
  isQueue: boolean
}

/** A source is mapped to a function once. */
function requireNone({ mappings }: LambdaContext, call: Call, { arn, name, source, isQueue }: Pair): void {
  const other = mappings
    .in(call.region)
    .find(({ functionArn: to, settings }) => to === arn && settings.EventSourceArn === source)
  if (!other || source === undefined) return
  const pair = `arn (" ${source} ") and function (" ${name} ")`
  const found = isQueue
    ? `An event source mapping with SQS ${pair} already exists.`
    : `The event source ${pair} provided mapping already exists.`
  throw conflict(`${found} Please update or delete the existing mapping with UUID ${other.uuid}`)
}

function answer(call: Call, record: MappingRecord): EventSourceMappingConfiguration {
  const { StartingPositionTimestamp: from, ...settings } = record.settings
  return {
    ...settings,
    // A restored one is text.
    ...(from && { StartingPositionTimestamp: new Date(from) }),
    UUID: record.uuid,
    EventSourceMappingArn: `arn:${partitionOf(record.region)}:lambda:${record.region}:${call.account}:event-source-mapping:${record.uuid}`,
    FunctionArn: record.functionArn,
    LastModified: new Date(record.lastModified * 1000),
    State: record.state,
  }
}
