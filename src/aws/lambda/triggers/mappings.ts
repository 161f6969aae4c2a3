import { type EventSourceMappingConfiguration, paginateListEventSourceMappings } from '@aws-sdk/client-lambda'
import type { Mapping } from '../../../function/attachments/callers.ts'
import type { Triggers } from '../../../ports/triggers.ts'
import type { LambdaApi } from '../api.ts'
import { isOf, qualifierIn } from './qualifier.ts'

type Mappings = Pick<Triggers, 'mappings'>

/** Event source mappings over the Lambda API. */
export function eventSourceMappings({ pages }: LambdaApi): Mappings {
  return {
    // A list by the function's name has no mapping of an alias or a version.
    async mappings(functionName) {
      const found = await pages('list the event source mappings', paginateListEventSourceMappings, {})
      return found
        .flatMap(({ EventSourceMappings = [] }) => EventSourceMappings)
        .filter(({ FunctionArn = '' }) => isOf(functionName, FunctionArn))
        .flatMap(toMapping)
    },
  }
}

function toMapping(found: EventSourceMappingConfiguration): Mapping[] {
  const { UUID, EventSourceArn, FunctionArn = '', State = 'unknown', LastProcessingResult } = found
  if (UUID === undefined) return []
  return [
    {
      uuid: UUID,
      ...(EventSourceArn && { source: EventSourceArn }),
      qualifier: qualifierIn(FunctionArn),
      state: State,
      ...(LastProcessingResult && { lastResult: LastProcessingResult }),
    },
  ]
}
