import type {
  ListDurableExecutionsByFunctionRequest,
  ListDurableExecutionsByFunctionResponse,
} from '@aws-sdk/client-lambda'
import type { Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { requireFunction, requireQualifier } from '../records/records.ts'
import { parseReference } from '../requests/names.ts'

/** ListDurableExecutionsByFunction: the list is empty, since the sandbox refuses to run a durable function. */
export function durableExecutionOperations(context: LambdaContext): Operations {
  return {
    ListDurableExecutionsByFunction(
      input: ListDurableExecutionsByFunctionRequest,
      call,
    ): ListDurableExecutionsByFunctionResponse {
      const reference = parseReference(call, input.FunctionName, input.Qualifier)
      const record = requireFunction(context.store, call, reference)
      if (reference.qualifier !== undefined) requireQualifier(record, call, reference.qualifier)
      return { DurableExecutions: [] }
    },
  }
}
