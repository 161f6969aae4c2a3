import {
  type Cors,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda'
import type { FunctionUrl } from '../../function/attachments/attachments.ts'
import type { Attachments } from '../../ports/attachments.ts'
import { ifThere, isWithItself, orRemoved } from '../answers/expected-errors.ts'
import type { LambdaApi } from './api.ts'

type Urls = Pick<Attachments, 'url' | 'createUrl' | 'updateUrl' | 'deleteUrl'>

/** Function URLs of aliases over the Lambda API. */
export function functionUrls({ call }: LambdaApi): Urls {
  return {
    async url(functionName, alias) {
      const input = { FunctionName: functionName, Qualifier: alias }
      const answer = await ifThere(
        call(`read the URL of ${functionName}:${alias}`, new GetFunctionUrlConfigCommand(input)),
      )
      return (
        answer && {
          auth: answer.AuthType === 'NONE' ? 'none' : 'iam',
          invokeMode: answer.InvokeMode === 'RESPONSE_STREAM' ? 'stream' : 'buffered',
          cors: toCors(answer.Cors),
        }
      )
    },
    async createUrl(functionName, alias, url) {
      const config = toConfig(functionName, alias, url)
      const action = `create the URL of ${functionName}:${alias}`
      await call(action, new CreateFunctionUrlConfigCommand(config)).catch(async (error: unknown) => {
        if (!isWithItself(error)) throw error
        // A try without an answer may have made the URL; this call sets its configuration in any case.
        await call(action, new UpdateFunctionUrlConfigCommand(config))
      })
    },
    async updateUrl(functionName, alias, url) {
      await call(
        `update the URL of ${functionName}:${alias}`,
        new UpdateFunctionUrlConfigCommand(toConfig(functionName, alias, url)),
      )
    },
    async deleteUrl(functionName, alias) {
      const input = { FunctionName: functionName, Qualifier: alias }
      await orRemoved(
        call(`remove the URL of ${functionName}:${alias}`, new DeleteFunctionUrlConfigCommand(input)),
      )
    },
  }
}

/** All of Cors is given: an update keeps members that it leaves out. */
function toConfig(functionName: string, alias: string, { auth, invokeMode, cors }: FunctionUrl) {
  return {
    FunctionName: functionName,
    Qualifier: alias,
    AuthType: auth === 'none' ? ('NONE' as const) : ('AWS_IAM' as const),
    InvokeMode: invokeMode === 'stream' ? ('RESPONSE_STREAM' as const) : ('BUFFERED' as const),
    Cors: {
      AllowOrigins: [...cors.origins],
      AllowMethods: [...cors.methods],
      AllowHeaders: [...cors.headers],
      ExposeHeaders: [...cors.exposeHeaders],
      MaxAge: cors.maxAgeSeconds,
      AllowCredentials: cors.credentials,
    },
  }
}

function toCors(cors: Cors = {}): FunctionUrl['cors'] {
  return {
    origins: cors.AllowOrigins ?? [],
    methods: cors.AllowMethods ?? [],
    headers: cors.AllowHeaders ?? [],
    exposeHeaders: cors.ExposeHeaders ?? [],
    maxAgeSeconds: cors.MaxAge ?? 0,
    credentials: cors.AllowCredentials ?? false,
  }
}
