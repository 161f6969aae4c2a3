import { randomUUID } from 'node:crypto'
import type {
  CreateEventSourceMappingRequest,
  FilterCriteria,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda'
import { eventPattern } from '../../event-patterns/event-pattern.ts'
import { InvalidPattern } from '../../event-patterns/operators.ts'
import { notImplemented } from '../../protocol/accepting.ts'
import type { MappingSettings } from '../records/mappings.ts'
import { invalidParameter } from '../requests/errors.ts'
import type { Source } from './sources.ts'

type Given = CreateEventSourceMappingRequest | UpdateEventSourceMappingRequest

/** Members of a request that are no settings. */
const others = new Set(['FunctionName', 'UUID', 'Enabled', 'Tags'])
/** Settings of streams only. */
const ofStreams = [
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
] as const

/** The settings of a new mapping, with the defaults of its source. */
export function initialSettings(source: Source, input: CreateEventSourceMappingRequest): MappingSettings {
  const defaults: MappingSettings = {
    BatchSize: source.batchSize,
    MaximumBatchingWindowInSeconds: 0,
    StateTransitionReason: source.kind === 'sqs' ? 'USER_INITIATED' : 'User action',
    ...(source.isStream && {
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      LastProcessingResult: 'No records processed',
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      TumblingWindowInSeconds: 0,
    }),
    ...((source.isStream || source.kind === 'sqs') && { FunctionResponseTypes: [] }),
    ...(source.kind === 'kafka' && kafkaSettings(input)),
  }
  return { ...defaults, ...givenSettings(input) }
}

/** Lambda chooses a group of consumers; brokers of one's own are read from the beginning. */
function kafkaSettings({ SelfManagedEventSource: own }: CreateEventSourceMappingRequest): MappingSettings {
  const group = { ConsumerGroupId: randomUUID() }
  return own
    ? { StartingPosition: 'TRIM_HORIZON', SelfManagedKafkaEventSourceConfig: group }
    : { AmazonManagedKafkaEventSourceConfig: group }
}

/** The settings that a request has; criteria without filters take the filters away. */
export function givenSettings(input: Given): MappingSettings {
  const given = Object.entries(input).filter(([name, value]) => value !== undefined && !others.has(name))
  const settings = Object.fromEntries(given) as MappingSettings
  const { FilterCriteria: criteria } = settings
  return criteria && !criteria.Filters?.length ? { ...settings, FilterCriteria: undefined } : settings
}

/**
 * Checks settings that depend on each other or on the source.
 *
 * @param settings after the change
 * @throws ServiceError 400
 */
export function checkMappingSettings(source: Source, given: Given, settings: MappingSettings): void {
  checkFilters(given.FilterCriteria)
  const { BatchSize: size = 0, MaximumBatchingWindowInSeconds: window = 0 } = settings
  const isFifo = settings.EventSourceArn?.endsWith('.fifo') ?? false
  if (source.kind === 'sqs' && isFifo && size > 10) {
    throw invalidParameter('Batch size must be between 1 and 10 for FIFO queues.')
  }
  if (source.kind === 'sqs' && size > 10 && window === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    )
  }
  if (source.isStream && (given.TumblingWindowInSeconds ?? 0) > 0) throw notImplemented('tumbling windows')
  // The rule comes from Lambda's guide; Lambda's own message for it is unknown.
  const wrong = source.isStream ? undefined : ofStreams.find((name) => given[name] !== undefined)
  if (wrong !== undefined) throw invalidParameter(`${wrong} is not valid for ${source.kind} event sources.`)
}

function checkFilters(criteria: FilterCriteria | undefined): void {
  for (const { Pattern = '{}' } of criteria?.Filters ?? []) {
    if (!isPattern(Pattern)) throw invalidParameter('Invalid filter pattern definition.')
  }
}

function isPattern(text: string): boolean {
  try {
    eventPattern(text)
    return true
  } catch (error) {
    if (error instanceof InvalidPattern) return false
    throw error
  }
}
