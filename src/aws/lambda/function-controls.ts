import {
  DeleteFunctionCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
} from '@aws-sdk/client-lambda'

import type { RuntimeUpdates } from '../../function/attachments/attachments.ts'
import type { Attachments } from '../../ports/attachments.ts'

import type { LambdaApi } from './api.ts'

type Controls = Pick<
  Attachments,
  'recursion' | 'setRecursion' | 'codeSigning' | 'setCodeSigning' | 'runtimeUpdates' | 'setRuntimeUpdates'
>

/** Recursive loops, code signing and runtime updates over the Lambda API. */
export function functionControls(api: LambdaApi): Controls {
  return { ...recursion(api), ...codeSigning(api), ...runtimeUpdates(api) }
}

function recursion({ call }: LambdaApi): Pick<Controls, 'recursion' | 'setRecursion'> {
  return {
    async recursion(functionName) {
      const { RecursiveLoop } = await call(
        `read how ${functionName} treats recursive loops`,
        new GetFunctionRecursionConfigCommand({ FunctionName: functionName }),
      )
      return RecursiveLoop === 'Allow' ? 'allow' : 'terminate'
    },
    async setRecursion(functionName, loops) {
      const RecursiveLoop = loops === 'allow' ? ('Allow' as const) : ('Terminate' as const)
      await call(
        `set how ${functionName} treats recursive loops`,
        new PutFunctionRecursionConfigCommand({ FunctionName: functionName, RecursiveLoop }),
      )
    },
  }
}

function codeSigning({ call }: LambdaApi): Pick<Controls, 'codeSigning' | 'setCodeSigning'> {
  return {
    async codeSigning(functionName) {
      const answer = await call(
        `read the code signing of ${functionName}`,
        new GetFunctionCodeSigningConfigCommand({ FunctionName: functionName }),
      )
      return answer.CodeSigningConfigArn ?? ''
    },
    async setCodeSigning(functionName, arn) {
      const action = `set the code signing of ${functionName}`
      const FunctionName = functionName
      const signed = { FunctionName, CodeSigningConfigArn: arn }
      if (arn === '') await call(action, new DeleteFunctionCodeSigningConfigCommand({ FunctionName }))
      else await call(action, new PutFunctionCodeSigningConfigCommand(signed))
    },
  }
}

const modes = { auto: 'Auto', 'function-update': 'FunctionUpdate', manual: 'Manual' } as const
const ours = { Auto: 'auto', FunctionUpdate: 'function-update', Manual: 'manual' } as const

function runtimeUpdates({ call }: LambdaApi): Pick<Controls, 'runtimeUpdates' | 'setRuntimeUpdates'> {
  return {
    async runtimeUpdates(functionName, version): Promise<RuntimeUpdates> {
      const input = { FunctionName: functionName, Qualifier: version }
      const { UpdateRuntimeOn = 'Auto', RuntimeVersionArn } = await call(
        `read the runtime updates of ${functionName}:${version}`,
        new GetRuntimeManagementConfigCommand(input),
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
      await call(
        `set the runtime updates of ${functionName}:${version}`,
        new PutRuntimeManagementConfigCommand(input),
      )
    },
  }
}
