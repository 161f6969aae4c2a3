import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import type { Mapping } from '../../../function/attachments/callers.ts'
import type { Triggers } from '../../../ports/triggers.ts'
import { ifThere, isNamed } from '../../answers/expected-errors.ts'
import type { LambdaApi } from '../api.ts'
import { isOf, qualifierIn } from './qualifier.ts'

type Mappings = Pick<Triggers, 'mappings' | 'mapping' | 'point' | 'enable'>

/** Event source mappings over the Lambda API. */
export function eventSourceMappings({ call, pages }: LambdaApi): Mappings {
  return {
    // A list by the function's name has no mapping of an alias or a version.
    async mappings(functionName, qualifiers) {
      const names = qualifiers?.map((qualifier) => invoked(functionName, qualifier)) ?? [undefined]
      const found = await Promise.all(
        names.map((name) => {
          const action = name === undefined ? '' : ` of ${name}`
          const input = name === undefined ? {} : { FunctionName: name }
          return pages(`list the event source mappings${action}`, paginateListEventSourceMappings, input)
        }),
      )
      return found
        .flat()
        .flatMap(({ EventSourceMappings = [] }) => EventSourceMappings)
        .filter(({ FunctionArn = '' }) => isOf(functionName, FunctionArn))
        .flatMap(toMapping)
    },

    async mapping(uuid) {
      const action = `read the event source mapping ${uuid}`
      const answer = await ifThere(call(action, new GetEventSourceMappingCommand({ UUID: uuid })))
      return answer && toMapping(answer)[0]
    },

    async point(functionName, uuid, qualifier) {
      const FunctionName = invoked(functionName, qualifier)
      const action = `point the event source mapping ${uuid} at ${FunctionName}`
      return unlessChanging(call(action, new UpdateEventSourceMappingCommand({ UUID: uuid, FunctionName })))
    },

    async enable(uuid, isEnabled) {
      const action = `${isEnabled ? 'enable' : 'disable'} the event source mapping ${uuid}`
      const command = new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: isEnabled })
      return unlessChanging(call(action, command))
    },
  }
}

function invoked(functionName: string, qualifier: string | undefined): string {
  return qualifier === undefined ? functionName : `${functionName}:${qualifier}`
}

/** False if Lambda refuses a change, since it is making another one. */
export async function unlessChanging(change: Promise<unknown>): Promise<boolean> {
  try {
    await change
    return true
  } catch (error) {
    if (isNamed(error, 'ResourceInUseException')) return false
    throw error
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
