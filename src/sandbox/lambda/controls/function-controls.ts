import type {
  DeleteFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
  GetFunctionRecursionConfigRequest,
  PutFunctionCodeSigningConfigRequest,
  PutFunctionRecursionConfigRequest,
} from '@aws-sdk/client-lambda'
import type { Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { requireNamed } from '../records/records.ts'
import { required } from '../requests/validation.ts'

/** Recursive loop settings and code signing: both are stored and have no effect. */
export function functionControlOperations(context: LambdaContext): Operations {
  return {
    GetFunctionRecursionConfig: (input: GetFunctionRecursionConfigRequest, call) => ({
      RecursiveLoop: requireNamed(context.store, call, input).recursion ?? 'Terminate',
    }),
    PutFunctionRecursionConfig: (input: PutFunctionRecursionConfigRequest, call) => {
      const wanted = required(input.RecursiveLoop, 'recursiveLoop')
      requireNamed(context.store, call, input).recursion = wanted
      return { RecursiveLoop: wanted }
    },
    GetFunctionCodeSigningConfig: (
      input: GetFunctionCodeSigningConfigRequest,
      call,
    ): Partial<GetFunctionCodeSigningConfigResponse> => {
      const { codeSigning, name } = requireNamed(context.store, call, input)
      return codeSigning === undefined ? {} : { CodeSigningConfigArn: codeSigning, FunctionName: name }
    },
    PutFunctionCodeSigningConfig: (input: PutFunctionCodeSigningConfigRequest, call) => {
      const arn = required(input.CodeSigningConfigArn, 'codeSigningConfigArn')
      const record = requireNamed(context.store, call, input)
      record.codeSigning = arn
      return { CodeSigningConfigArn: arn, FunctionName: record.name }
    },
    DeleteFunctionCodeSigningConfig: (input: DeleteFunctionCodeSigningConfigRequest, call) => {
      delete requireNamed(context.store, call, input).codeSigning
      return {}
    },
  }
}
