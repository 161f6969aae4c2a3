import type {
  InvocationRequest,
  InvocationResponse,
  InvokeAsyncRequest,
  InvokeAsyncResponse,
} from '@aws-sdk/client-lambda'
import { type Invocation, type Outcome, ThrottledError } from '../../execution/model/executor.ts'
import type { Call } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { settleMove } from '../concurrency/provisioned-move.ts'
import type { LambdaContext } from '../records/context.ts'
import type { Attempt, PendingEvent } from '../records/pending-event.ts'
import {
  type FunctionRecord,
  type FunctionVersion,
  requireFunction,
  requireVersion,
} from '../records/records.ts'
import { targetOf } from '../records/targets.ts'
import { conflict, functionNotFound } from '../requests/errors.ts'
import { functionArn, parseReference } from '../requests/names.ts'
import { checkClientContext, readPayload } from './payload.ts'
import { pickVersion } from './routing.ts'

/** The request's function, the version that runs, and its event. @throws ServiceError */
export function prepare(context: LambdaContext, input: InvocationRequest, call: Call) {
  const reference = parseReference(call, input.FunctionName, input.Qualifier)
  const record = context.store.find(call.region, reference.name)
  // Unlike other calls, an invocation names the version of a missing function also where it is not asked for.
  if (!record) throw functionNotFound(functionArn(call, reference.name, reference.qualifier ?? '$LATEST'))
  const version = route(context, record, call, reference.qualifier)
  const payload = readPayload(input)
  checkClientContext(input.ClientContext)
  const invocation: Invocation = {
    requestId: call.requestId,
    payload,
    invokedArn: functionArn(call, record.name, reference.qualifier),
    qualifier: reference.qualifier,
    clientContext: input.ClientContext,
  }
  return { record, version, invocation }
}

/** Invokes a function: RequestResponse waits, Event answers 202 at once, DryRun only checks. */
export async function invoke(
  context: LambdaContext,
  input: InvocationRequest,
  call: Call,
): Promise<Partial<InvocationResponse>> {
  const { record, version, invocation } = prepare(context, input, call)
  const { payload } = invocation
  if (input.InvocationType === 'DryRun') return { StatusCode: 204 }
  if (input.InvocationType === 'Event') {
    const stored = { ...invocation, payload: Buffer.from(payload).toString('base64') }
    context.accept({ region: call.region, name: record.name, invocation: stored })
    return { StatusCode: 202, Payload: new Uint8Array() }
  }
  return answer(await start(context, version, invocation), version, input.LogType)
}

/** The earlier form of an Event invocation; it runs `$LATEST`, unless the name has a qualifier. */
export async function invokeAsync(
  context: LambdaContext,
  { FunctionName, InvokeArgs }: Pick<InvokeAsyncRequest, 'FunctionName'> & { InvokeArgs?: Uint8Array },
  call: Call,
): Promise<InvokeAsyncResponse> {
  const event: InvocationRequest = {
    FunctionName,
    InvocationType: 'Event',
    ...(InvokeArgs && { Payload: InvokeArgs }),
  }
  const { StatusCode } = await invoke(context, event, call)
  return { Status: StatusCode }
}

function answer(outcome: Outcome, version: FunctionVersion, logType: string | undefined) {
  const { payload, functionError, logTail } = outcome
  return {
    StatusCode: 200,
    Payload: payload,
    ExecutedVersion: version.configuration.Version,
    FunctionError: functionError,
    LogResult: logType === 'Tail' ? Buffer.from(logTail).toString('base64') : undefined,
  }
}

/**
 * Runs one attempt of an event. The function is found and routed each time, since it may have been deleted or created
 * again.
 */
export async function runEvent(
  context: LambdaContext,
  { region, name, invocation }: PendingEvent,
): Promise<Attempt> {
  const { qualifier, requestId } = invocation
  const version = versionOf(context, { region, name, qualifier, requestId })
  const payload = Buffer.from(invocation.payload, 'base64')
  const outcome = await context.executor.invoke(targetOf(context, version), { ...invocation, payload })
  return { outcome, executedVersion: version.configuration.Version ?? '$LATEST' }
}

/** The version that an invocation runs whose caller is no operation. @throws ServiceError 404 */
export function versionOf(
  context: LambdaContext,
  {
    region,
    name,
    qualifier,
    requestId,
  }: { region: string; name: string; qualifier: string | undefined; requestId: string },
): FunctionVersion {
  const call = { account: context.account, region, requestId, host: '' }
  return route(context, requireFunction(context.store, call, { name, qualifier }), call, qualifier)
}

/** Chooses the version that an invocation runs. */
function route(
  context: LambdaContext,
  record: FunctionRecord,
  call: Call,
  qualifier: string | undefined,
): FunctionVersion {
  const alias = qualifier === undefined ? undefined : record.aliases.get(qualifier)
  if (alias) settleMove(context, record, alias)
  const version = alias ? pickVersion(alias, context.random()) : (qualifier ?? '$LATEST')
  const found = requireVersion(record, call, version)
  if (found.configuration.DurableConfig) throw notDurable(record.name)
  return found === record.latest ? (record.before ?? found) : found
}

/** 501: a durable function that ran as a plain one would lose its steps. */
function notDurable(name: string): ServiceError {
  return new ServiceError(
    'NotImplemented',
    501,
    `The sandbox does not run durable functions, such as ${name}. It keeps their configuration only.`,
  )
}

function requireInvocable({ configuration }: FunctionVersion): void {
  if (configuration.State === 'Active') return
  throw conflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${configuration.State}`,
  )
}

/** Runs an event now. @throws ServiceError 409 for a version that is not Active, 429 */
export async function start(
  context: LambdaContext,
  version: FunctionVersion,
  invocation: Invocation,
): Promise<Outcome> {
  requireInvocable(version)
  try {
    return await context.executor.invoke(targetOf(context, version), invocation)
  } catch (error) {
    if (!(error instanceof ThrottledError)) throw error
    throw new ServiceError('TooManyRequestsException', 429, 'Rate Exceeded.', {
      Reason: error.reason,
      Type: 'User',
    })
  }
}
