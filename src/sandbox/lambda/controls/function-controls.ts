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
import { lengthWithin, matching, oneOf, required } from '../requests/validation.ts'

const signingPattern =
  'arn:(aws[a-zA-Z-]*)?:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}'

/** Recursive loop settings and code signing: both are stored and have no effect. */
export function functionControlOperations(context: LambdaContext): Operations {
  return {
    GetFunctionRecursionConfig: (input: GetFunctionRecursionConfigRequest, call) => ({
      RecursiveLoop: requireNamed(context.store, call, input).recursion ?? 'Terminate',
    }),
    PutFunctionRecursionConfig: (input: PutFunctionRecursionConfigRequest, call) => {
      const wanted = required(input.RecursiveLoop, 'recursiveLoop')
      oneOf(wanted, 'recursiveLoop', ['Terminate', 'Allow'])
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
      checkSigning(arn)
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

/** The sandbox does not know whether the configuration exists. @throws ServiceError 400 for an invalid ARN */
export function checkSigning(arn: string | undefined): void {
  lengthWithin(arn, 'codeSigningConfigArn', 0, 200)
  matching(arn, 'codeSigningConfigArn', new RegExp(`^(?:${signingPattern})$`), signingPattern)
}
