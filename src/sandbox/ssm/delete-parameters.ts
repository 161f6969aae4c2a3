import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DeleteParametersResult,
} from '@aws-sdk/client-ssm'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import type { ParameterStore } from './parameter.ts'

export function deleteOperations(store: ParameterStore): Operations {
  return {
    DeleteParameter: accepting<DeleteParameterRequest>(['Name'], (input, call) => {
      store.delete(call, store.require(call, input.Name))
      return {}
    }),
    DeleteParameters: accepting<DeleteParametersRequest>(['Names'], (input, call): DeleteParametersResult => {
      const names = [...new Set(input.Names)]
      const [DeletedParameters, InvalidParameters] = [[] as string[], [] as string[]]
      for (const name of names) {
        const found = store.find(call, name)
        if (found) store.delete(call, found)
        ;(found ? DeletedParameters : InvalidParameters).push(name)
      }
      return { DeletedParameters, InvalidParameters }
    }),
  }
}
