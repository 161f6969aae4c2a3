import {
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  ListTagsCommand,
  PutFunctionEventInvokeConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { attachmentTable } from '../../function/attachments/table.ts'
import type { Attachments } from '../../ports/attachments.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { LambdaApi } from './api.ts'
import { functionControls } from './function-controls.ts'
import { functionUrls } from './function-urls.ts'
import { publicAccess } from './public-access.ts'

/** The settings that are attached to functions and aliases, over the Lambda API. */
export function lambdaAttachments(api: LambdaApi): Attachments {
  return {
    ...asyncInvocations(api),
    ...functionUrls(api),
    ...publicAccess(api),
    ...tags(api),
    ...functionControls(api),
  }
}

/** Lambda's defaults for members that an answer leaves out. */
const { retries: usualRetries, maximumAgeSeconds: usualAge } = attachmentTable.async.default

type AsyncInvocations = Pick<Attachments, 'asyncInvocation' | 'setAsyncInvocation'>

function asyncInvocations({ call }: LambdaApi): AsyncInvocations {
  return {
    async asyncInvocation(functionName, alias) {
      const input = { FunctionName: functionName, Qualifier: alias }
      const answer = await ifThere(
        call(
          `read how ${functionName}:${alias} is invoked asynchronously`,
          new GetFunctionEventInvokeConfigCommand(input),
        ),
      )
      return (
        answer && {
          retries: answer.MaximumRetryAttempts ?? usualRetries,
          maximumAgeSeconds: answer.MaximumEventAgeInSeconds ?? usualAge,
          onSuccess: answer.DestinationConfig?.OnSuccess?.Destination ?? '',
          onFailure: answer.DestinationConfig?.OnFailure?.Destination ?? '',
        }
      )
    },
    async setAsyncInvocation(functionName, alias, { retries, maximumAgeSeconds, onSuccess, onFailure }) {
      const input = {
        FunctionName: functionName,
        Qualifier: alias,
        MaximumRetryAttempts: retries,
        MaximumEventAgeInSeconds: maximumAgeSeconds,
        DestinationConfig: { OnSuccess: destination(onSuccess), OnFailure: destination(onFailure) },
      }
      await call(
        `set how ${functionName}:${alias} is invoked asynchronously`,
        new PutFunctionEventInvokeConfigCommand(input),
      )
    },
  }
}

/** An empty ARN means no destination. */
function destination(arn: string) {
  return arn === '' ? {} : { Destination: arn }
}

type Tags = Pick<Attachments, 'tags' | 'tag' | 'untag'>

/** Tags need the function's ARN, which only the function itself tells. */
function tags({ call }: LambdaApi): Tags {
  const arnOf = async (functionName: string): Promise<string> => {
    const { Configuration } = await call(
      `read the function ${functionName}`,
      new GetFunctionCommand({ FunctionName: functionName }),
    )
    return Configuration?.FunctionArn ?? ''
  }
  return {
    async tags(functionName) {
      const Resource = await arnOf(functionName)
      const { Tags: found = {} } = await call(
        `read the tags of ${functionName}`,
        new ListTagsCommand({ Resource }),
      )
      return Object.fromEntries(Object.entries(found).filter(([name]) => !name.startsWith('aws:')))
    },
    async tag(functionName, wanted) {
      const Resource = await arnOf(functionName)
      await call(`tag ${functionName}`, new TagResourceCommand({ Resource, Tags: { ...wanted } }))
    },
    async untag(functionName, names) {
      const Resource = await arnOf(functionName)
      await call(
        `remove tags of ${functionName}`,
        new UntagResourceCommand({ Resource, TagKeys: [...names] }),
      )
    },
  }
}
