import { paginateListFunctionUrlConfigs } from '@aws-sdk/client-lambda'
import type { Triggers } from '../../../ports/triggers.ts'
import type { LambdaApi } from '../api.ts'
import { qualifierIn } from './qualifier.ts'

/** The URLs of a function and of its aliases over the Lambda API. */
export function callerUrls({ pages }: LambdaApi): Pick<Triggers, 'urls'> {
  return {
    async urls(functionName) {
      const input = { FunctionName: functionName }
      const found = await pages(`list the URLs of ${functionName}`, paginateListFunctionUrlConfigs, input)
      return found
        .flatMap(({ FunctionUrlConfigs = [] }) => FunctionUrlConfigs)
        .map(({ FunctionArn = '', FunctionUrl = '', AuthType }) => ({
          qualifier: qualifierIn(FunctionArn),
          url: FunctionUrl,
          auth: AuthType === 'NONE' ? 'none' : 'iam',
        }))
    },
  }
}
