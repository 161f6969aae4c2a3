import { randomBytes } from 'node:crypto'
import type {
  CreateFunctionUrlConfigRequest,
  DeleteFunctionUrlConfigRequest,
  FunctionUrlConfig,
  GetFunctionUrlConfigRequest,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse,
  UpdateFunctionUrlConfigRequest,
} from '@aws-sdk/client-lambda'
import { ownEntry } from '../../own-entry.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import type { UrlConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import type { FunctionRecord } from '../records/records.ts'
import { conflict, notFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { matching, required } from '../requests/validation.ts'

/** The path before the id of a function URL, on the sandbox itself. */
export const urlFolder = '/lambda-url/'

const noFunction = 'Function does not exist'
const noResource = 'The resource you requested does not exist.'
const qualifierPattern = '((?!^\\d+$)^[0-9a-zA-Z-_]+$)'

type Reference = { FunctionName: string | undefined; Qualifier?: string | undefined }

/** The five operations on function URLs. */
export function urlOperations(context: LambdaContext): Operations {
  return {
    CreateFunctionUrlConfig: (input: CreateFunctionUrlConfigRequest, call) => create(context, input, call),
    GetFunctionUrlConfig: (input: GetFunctionUrlConfigRequest, call) => {
      const { record, key, config } = existing(context, input, call)
      return readAnswer(call, record, key, config)
    },
    UpdateFunctionUrlConfig: (input: UpdateFunctionUrlConfigRequest, call) => update(context, input, call),
    DeleteFunctionUrlConfig: (input: DeleteFunctionUrlConfigRequest, call) => {
      const { record, key } = existing(context, input, call)
      delete record.urls?.[key]
      return {}
    },
    ListFunctionUrlConfigs: (input: ListFunctionUrlConfigsRequest, call) => list(context, input, call),
  }
}

function create(
  context: LambdaContext,
  input: CreateFunctionUrlConfigRequest,
  call: Call,
): FunctionUrlConfig {
  const auth = required(input.AuthType, 'authType')
  const { record, key } = lookUp(context, input, call)
  if (ownEntry(record.urls, key)) {
    throw conflict(
      `Failed to create function url config for [functionArn = ${functionArn(call, record.name, key || undefined)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    )
  }
  const now = new Date(context.clock()).toISOString()
  const { Cors: cors, InvokeMode: invokeMode } = input
  const config = { id: randomBytes(16).toString('hex'), auth, invokeMode, cors, created: now, modified: now }
  record.urls = { ...record.urls, [key]: config }
  return answer(call, record, key, config)
}

/** Changes the given fields; the others stay. */
function update(
  context: LambdaContext,
  input: UpdateFunctionUrlConfigRequest,
  call: Call,
): FunctionUrlConfig {
  const { record, key, config } = existing(context, input, call, noFunction)
  config.auth = input.AuthType ?? config.auth
  config.invokeMode = input.InvokeMode ?? config.invokeMode
  config.cors = input.Cors ?? config.cors
  config.modified = new Date(context.clock()).toISOString()
  return answer(call, record, key, config)
}

function list(
  context: LambdaContext,
  input: ListFunctionUrlConfigsRequest,
  call: Call,
): ListFunctionUrlConfigsResponse {
  const { name } = parseReference(call, input.FunctionName)
  const record = context.store.find(call.region, name)
  if (!record) throw notFound(noFunction)
  const { items, next } = pageOf(Object.entries(record.urls ?? {}), ([key]) => key, input)
  return {
    FunctionUrlConfigs: items.map(([key, config]) => readAnswer(call, record, key, config)),
    NextMarker: next,
  }
}

/** @param missing the text of the error if there is no such function or alias */
function lookUp(
  context: LambdaContext,
  input: Reference,
  call: Call,
  missing = noFunction,
): { record: FunctionRecord; key: string } {
  const { name, qualifier } = parseReference(call, input.FunctionName, input.Qualifier)
  matching(qualifier, 'qualifier', new RegExp(qualifierPattern), qualifierPattern)
  const record = context.store.find(call.region, name)
  if (!record || (qualifier !== undefined && !record.aliases.has(qualifier))) throw notFound(missing)
  return { record, key: qualifier ?? '' }
}

function existing(context: LambdaContext, input: Reference, call: Call, missing = noResource) {
  const { record, key } = lookUp(context, input, call, missing)
  const config = ownEntry(record.urls, key)
  if (!config) throw notFound(noResource)
  return { record, key, config }
}

/** A URL that was never given a mode has the usual one when it is read. */
function readAnswer(...of: Parameters<typeof answer>): FunctionUrlConfig {
  const read = answer(...of)
  return { ...read, InvokeMode: read.InvokeMode ?? 'BUFFERED' }
}

function answer(call: Call, record: FunctionRecord, key: string, config: UrlConfig): FunctionUrlConfig {
  const arn = functionArn(call, record.name, key || undefined)
  return {
    FunctionUrl: `http://${call.host}${urlFolder}${config.id}/`,
    FunctionArn: arn,
    AuthType: config.auth,
    InvokeMode: config.invokeMode,
    Cors: config.cors,
    CreationTime: config.created,
    LastModifiedTime: config.modified,
  }
}
