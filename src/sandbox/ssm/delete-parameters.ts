import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DeleteParametersResult,
} from '@aws-sdk/client-ssm'
import { accepting } from '../protocol/accepting.ts'
import type { Operations } from '../protocol/service.ts'
import { validation } from '../protocol/service-error.ts'
import type { ParameterStore } from './parameter.ts'

/** The most names in a request. */
const mostNames = 10

export function deleteOperations(store: ParameterStore): Operations {
  return {
    DeleteParameter: accepting<DeleteParameterRequest>(['Name'], (input, call) => {
      store.delete(call, store.require(call, input.Name))
      return {}
    }),
    DeleteParameters: accepting<DeleteParametersRequest>(['Names'], (input, call): DeleteParametersResult => {
      const names = [...new Set(checkNames(input.Names))]
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

/** @throws ServiceError 400 */
export function checkNames(names: readonly string[] = []): readonly string[] {
  if (names.length > 0 && names.length <= mostNames) return names
  const bound = names.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostNames}`
  throw validation(`'[${names.join(', ')}]'`, 'names', `Member must have length ${bound}`)
}
