import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  ListTagsCommand,
  paginateListEventSourceMappings,
  TagResourceCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda'
import type { MappingSettings, SourceMapping } from '../../../function/triggers/mapping.ts'
import { triggerTag } from '../../../function/triggers/marks.ts'
import type { SourceMappings } from '../../../ports/sources/source-mappings.ts'
import { ifThere } from '../../answers/expected-errors.ts'
import type { LambdaApi } from '../api.ts'
import { unlessChanging } from './mappings.ts'

/** The event source mappings of the file over the Lambda API. */
export function lambdaSourceMappings({ call, pages }: LambdaApi): SourceMappings {
  const triggerOf = async (arn: string): Promise<string | undefined> => {
    const command = new ListTagsCommand({ Resource: arn })
    const answer = await ifThere(call(`read the tags of the event source mapping ${arn}`, command))
    return answer?.Tags?.[triggerTag]
  }
  return {
    async of(functionName, alias) {
      const name = `${functionName}:${alias}`
      const found = await pages(
        `list the event source mappings of ${name}`,
        paginateListEventSourceMappings,
        { FunctionName: name },
      )
      const mappings = found.flatMap(({ EventSourceMappings = [] }) => EventSourceMappings).flatMap(toMapping)
      return Promise.all(
        mappings.map(async (mapping) => ({ ...mapping, trigger: await triggerOf(mapping.arn) })),
      )
    },

    async create(functionName, alias, { source, trigger, settings, startingPosition }) {
      const command = new CreateEventSourceMappingCommand({
        FunctionName: `${functionName}:${alias}`,
        EventSourceArn: source,
        Tags: { [triggerTag]: trigger },
        ...toInput(settings),
        ...(startingPosition && { StartingPosition: startingPosition }),
      })
      await call(`map ${source} to ${functionName}:${alias}`, command)
    },

    update(uuid, settings) {
      const command = new UpdateEventSourceMappingCommand({ UUID: uuid, ...toInput(settings) })
      return unlessChanging(call(`change the event source mapping ${uuid}`, command))
    },

    delete(uuid) {
      const command = new DeleteEventSourceMappingCommand({ UUID: uuid })
      return unlessChanging(ifThere(call(`delete the event source mapping ${uuid}`, command)))
    },

    async mark(arn, trigger) {
      const command = new TagResourceCommand({ Resource: arn, Tags: { [triggerTag]: trigger } })
      await call(`tag the event source mapping ${arn}`, command)
    },
  }
}

type Input = Omit<UpdateEventSourceMappingRequest, 'UUID'>

/** Lambda takes an empty value as the end of a setting. */
function toInput(settings: Partial<MappingSettings>): Input {
  const { batchSize, batchWindowSeconds, reportBatchItemFailures, filters, maximumConcurrency } = settings
  const { parallelization, retries, maximumAgeSeconds, bisectBatch, onFailure } = settings
  const given: Input = {
    BatchSize: batchSize,
    MaximumBatchingWindowInSeconds: batchWindowSeconds,
    FunctionResponseTypes: reportBatchItemFailures === true ? ['ReportBatchItemFailures'] : [],
    FilterCriteria: { Filters: filters?.map((Pattern) => ({ Pattern })) },
    ScalingConfig: maximumConcurrency ? { MaximumConcurrency: maximumConcurrency } : {},
    ParallelizationFactor: parallelization,
    MaximumRetryAttempts: retries,
    MaximumRecordAgeInSeconds: maximumAgeSeconds,
    BisectBatchOnFunctionError: bisectBatch,
    DestinationConfig: { OnFailure: onFailure ? { Destination: onFailure } : {} },
  }
  const names: Readonly<Record<keyof MappingSettings, keyof Input>> = {
    batchSize: 'BatchSize',
    batchWindowSeconds: 'MaximumBatchingWindowInSeconds',
    reportBatchItemFailures: 'FunctionResponseTypes',
    filters: 'FilterCriteria',
    maximumConcurrency: 'ScalingConfig',
    parallelization: 'ParallelizationFactor',
    retries: 'MaximumRetryAttempts',
    maximumAgeSeconds: 'MaximumRecordAgeInSeconds',
    bisectBatch: 'BisectBatchOnFunctionError',
    onFailure: 'DestinationConfig',
  }
  const said = (Object.keys(names) as (keyof MappingSettings)[]).filter((key) => settings[key] !== undefined)
  return Object.fromEntries(said.map((key) => [names[key], given[names[key]]]))
}

function toMapping(found: EventSourceMappingConfiguration): Omit<SourceMapping, 'trigger'>[] {
  const { UUID, EventSourceMappingArn, EventSourceArn, State = 'unknown' } = found
  if (UUID === undefined || EventSourceMappingArn === undefined || EventSourceArn === undefined) return []
  return [
    {
      uuid: UUID,
      arn: EventSourceMappingArn,
      source: EventSourceArn,
      state: State,
      settings: toSettings(found),
    },
  ]
}

function toSettings(found: EventSourceMappingConfiguration): MappingSettings {
  return {
    batchSize: found.BatchSize ?? 0,
    batchWindowSeconds: found.MaximumBatchingWindowInSeconds ?? 0,
    reportBatchItemFailures: found.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    filters: found.FilterCriteria?.Filters?.map(({ Pattern = '{}' }) => Pattern) ?? [],
    maximumConcurrency: found.ScalingConfig?.MaximumConcurrency ?? 0,
    parallelization: found.ParallelizationFactor ?? 1,
    retries: found.MaximumRetryAttempts ?? -1,
    maximumAgeSeconds: found.MaximumRecordAgeInSeconds ?? -1,
    bisectBatch: found.BisectBatchOnFunctionError ?? false,
    onFailure: found.DestinationConfig?.OnFailure?.Destination ?? '',
  }
}
