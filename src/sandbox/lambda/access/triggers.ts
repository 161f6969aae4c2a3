import type { ListEventSourceMappingsRequest } from '@aws-sdk/client-lambda'
import type { Operations } from '../../protocol/service.ts'
import { parseReference } from '../requests/names.ts'

/** Event source mappings: the sandbox has none. */
export function triggerOperations(): Operations {
  return {
    ListEventSourceMappings: (input: ListEventSourceMappingsRequest, call) => {
      if (input.FunctionName !== undefined) parseReference(call, input.FunctionName)
      return { EventSourceMappings: [] }
    },
  }
}
