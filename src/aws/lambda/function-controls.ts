import {
  DeleteFunctionCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
} from '@aws-sdk/client-lambda'
import type { RuntimeUpdates } from '../../function/attachments.ts'
import type { Attachments } from '../../ports/attachments.ts'
import { attempt } from '../answers/translate.ts'
import type { LambdaApi } from './api.ts'

type Controls = Pick<
  Attachments,
  'recursion' | 'setRecursion' | 'codeSigning' | 'setCodeSigning' | 'runtimeUpdates' | 'setRuntimeUpdates'
>

/** Recursive loops, code signing and runtime updates over the Lambda API. */
export function functionControls(api: LambdaApi): Controls {
  return { ...recursion(api), ...codeSigning(api), ...runtimeUpdates(api) }
}

function recursion({ client, control }: LambdaApi): Pick<Controls, 'recursion' | 'setRecursion'> {
  return {
    async recursion(functionName) {
      await control.take()
      const { RecursiveLoop } = await attempt(`read how ${functionName} treats recursive loops`, () =>
        client.send(new GetFunctionRecursionConfigCommand({ FunctionName: functionName })),
      )
      return RecursiveLoop === 'Allow' ? 'allow' : 'terminate'
    },
    async setRecursion(functionName, loops) {
      const RecursiveLoop = loops === 'allow' ? ('Allow' as const) : ('Terminate' as const)
      await control.take()
      await attempt(`set how ${functionName} treats recursive loops`, () =>
        client.send(new PutFunctionRecursionConfigCommand({ FunctionName: functionName, RecursiveLoop })),
      )
    },
  }
}

function codeSigning({ client, control }: LambdaApi): Pick<Controls, 'codeSigning' | 'setCodeSigning'> {
  return {
    async codeSigning(functionName) {
      await control.take()
      const answer = await attempt(`read the code signing of ${functionName}`, () =>
        client.send(new GetFunctionCodeSigningConfigCommand({ FunctionName: functionName })),
      )
      return answer.CodeSigningConfigArn ?? ''
    },
    async setCodeSigning(functionName, arn) {
      const FunctionName = functionName
      await control.take()
      await attempt(`set the code signing of ${functionName}`, async () => {
        if (arn === '') await client.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }))
        else
          await client.send(
            new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn: arn }),
          )
      })
    },
  }
}

const modes = { auto: 'Auto', 'function-update': 'FunctionUpdate', manual: 'Manual' } as const
const ours = { Auto: 'auto', FunctionUpdate: 'function-update', Manual: 'manual' } as const

function runtimeUpdates({
  client,
  control,
}: LambdaApi): Pick<Controls, 'runtimeUpdates' | 'setRuntimeUpdates'> {
  return {
    async runtimeUpdates(functionName, version): Promise<RuntimeUpdates> {
      const input = { FunctionName: functionName, Qualifier: version }
      await control.take()
      const { UpdateRuntimeOn = 'Auto', RuntimeVersionArn } = await attempt(
        `read the runtime updates of ${functionName}:${version}`,
        () => client.send(new GetRuntimeManagementConfigCommand(input)),
      )
      const on = ours[UpdateRuntimeOn]
      return { on, version: on === 'manual' ? (RuntimeVersionArn ?? '') : '' }
    },
    async setRuntimeUpdates(functionName, version, { on, version: runtime }) {
      const input = {
        FunctionName: functionName,
        Qualifier: version,
        UpdateRuntimeOn: modes[on],
        ...(runtime === '' ? {} : { RuntimeVersionArn: runtime }),
      }
      await control.take()
      await attempt(`set the runtime updates of ${functionName}:${version}`, () =>
        client.send(new PutRuntimeManagementConfigCommand(input)),
      )
    },
  }
}
