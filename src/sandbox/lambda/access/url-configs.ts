import { createHash } from 'node:crypto'
import type {
  CreateFunctionUrlConfigRequest,
  DeleteFunctionUrlConfigRequest,
  FunctionUrlConfig,
  GetFunctionUrlConfigRequest,
  UpdateFunctionUrlConfigRequest,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { UrlConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionRecord, requireFunction, requireQualifier } from '../records/records.ts'
import { conflict, invalidParameter, notFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { oneOf, required } from '../requests/validation.ts'

type Reference = { FunctionName: string | undefined; Qualifier?: string | undefined }

/** Function URLs are stored, but the sandbox does not serve them. */
export function urlOperations(context: LambdaContext): Operations {
  return {
    CreateFunctionUrlConfig: (input: CreateFunctionUrlConfigRequest, call) => create(context, input, call),
    GetFunctionUrlConfig: (input: GetFunctionUrlConfigRequest, call) => {
      const { record, key, config } = existing(context, input, call)
      return answer(call, record, key, config)
    },
    UpdateFunctionUrlConfig: (input: UpdateFunctionUrlConfigRequest, call) => update(context, input, call),
    DeleteFunctionUrlConfig: (input: DeleteFunctionUrlConfigRequest, call) => {
      const { record, key } = existing(context, input, call)
      delete record.urls?.[key]
      return {}
    },
  }
}

function create(
  context: LambdaContext,
  input: CreateFunctionUrlConfigRequest,
  call: Call,
): FunctionUrlConfig {
  const auth = required(input.AuthType, 'authType')
  check(input)
  const { record, key } = lookUp(context, input, call)
  if (record.urls?.[key]) {
    throw conflict(
      `Failed to create function url config for [functionArn = ${functionArn(call, record.name, key || undefined)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    )
  }
  const now = new Date(context.clock()).toISOString()
  const { Cors: cors, InvokeMode: invokeMode = 'BUFFERED' } = input
  const config = { auth, invokeMode, cors, created: now, modified: now }
  record.urls = { ...record.urls, [key]: config }
  return answer(call, record, key, config)
}

/** Changes the given fields; the others stay. */
function update(
  context: LambdaContext,
  input: UpdateFunctionUrlConfigRequest,
  call: Call,
): FunctionUrlConfig {
  check(input)
  const { record, key, config } = existing(context, input, call)
  config.auth = input.AuthType ?? config.auth
  config.invokeMode = input.InvokeMode ?? config.invokeMode
  config.cors = input.Cors ?? config.cors
  config.modified = new Date(context.clock()).toISOString()
  return answer(call, record, key, config)
}

function check(input: { AuthType?: string | undefined; InvokeMode?: string | undefined }): void {
  oneOf(input.AuthType, 'authType', ['NONE', 'AWS_IAM'])
  oneOf(input.InvokeMode, 'invokeMode', ['BUFFERED', 'RESPONSE_STREAM'])
}

function lookUp(
  context: LambdaContext,
  input: Reference,
  call: Call,
): { record: FunctionRecord; key: string } {
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  if (qualifier !== undefined && /^(\d+|\$LATEST)$/.test(qualifier)) {
    throw invalidParameter('Function URLs are available for aliases and functions, not for versions.')
  }
  const record = requireFunction(context.store, call, { name, qualifier })
  if (qualifier !== undefined) requireQualifier(record, call, qualifier)
  return { record, key: qualifier ?? '' }
}

function existing(context: LambdaContext, input: Reference, call: Call) {
  const { record, key } = lookUp(context, input, call)
  const config = record.urls?.[key]
  if (!config) throw notFound('The resource you requested does not exist.')
  return { record, key, config }
}

function answer(call: Call, record: FunctionRecord, key: string, config: UrlConfig): FunctionUrlConfig {
  const arn = functionArn(call, record.name, key || undefined)
  const id = createHash('sha256').update(arn).digest('hex').slice(0, 32)
  return {
    FunctionUrl: `https://${id}.lambda-url.${call.region}.on.aws/`,
    FunctionArn: arn,
    AuthType: config.auth,
    InvokeMode: config.invokeMode,
    Cors: config.cors,
    CreationTime: config.created,
    LastModifiedTime: config.modified,
  }
}
