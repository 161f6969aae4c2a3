import type {
  GetFunctionUrlConfigRequest,
  ListEventSourceMappingsRequest,
  ListFunctionUrlConfigsRequest,
} from '@aws-sdk/client-lambda'
import type { Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { requireFunction } from '../records/records.ts'
import { notFound } from '../requests/errors.ts'
import { parseReference } from '../requests/names.ts'

/** Event source mappings and function URLs: the sandbox has none. */
export function triggerOperations(context: LambdaContext): Operations {
  return {
    ListEventSourceMappings: (input: ListEventSourceMappingsRequest, call) => {
      if (input.FunctionName !== undefined) parseReference(call, input.FunctionName, undefined, 'namespaced')
      return { EventSourceMappings: [] }
    },
    ListFunctionUrlConfigs: (input: ListFunctionUrlConfigsRequest, call) => {
      requireFunction(context.store, call, parseReference(call, input.FunctionName))
      return { FunctionUrlConfigs: [] }
    },
    GetFunctionUrlConfig: (input: GetFunctionUrlConfigRequest, call) => {
      parseReference(call, input.FunctionName, input.Qualifier)
      throw notFound('The resource you requested does not exist.')
    },
  }
}
