import { randomUUID } from 'node:crypto'
import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'

/** An error of a task, with the name by which Retry and Catch find it. */
class TaskError extends Error {
  constructor(name: string, cause: string) {
    super(cause)
    this.name = name
  }
}

/** The parameters of `lambda:invoke`. */
interface InvokeParameters {
  FunctionName?: string
  Qualifier?: string
  InvocationType?: string
  ClientContext?: string
  Payload?: unknown
}

/** The place of a state machine, and the functions that it can reach. */
export interface TaskContext {
  lambda: Operations
  call: Pick<Call, 'account' | 'region'>
}

/**
 * Invokes the function of a task, through its alias and weights if it names one.
 *
 * @param resource the ARN of the function, or that of `lambda:invoke`, whose parameters are then the input
 * @returns the answer, which `lambda:invoke` wraps
 * @throws TaskError by the error's type of the function, or by the name of Lambda's refusal
 */
export async function invokeTask(context: TaskContext, resource: string, input: unknown): Promise<unknown> {
  if (!resource.endsWith(':lambda:invoke')) {
    const { content } = await invoke(context, { FunctionName: resource, Payload: input })
    return content
  }
  const { content, answer } = await invoke(context, input ?? {})
  return { ExecutedVersion: answer.ExecutedVersion, Payload: content, StatusCode: answer.StatusCode }
}

async function invoke(
  { lambda, call }: TaskContext,
  { Payload = {}, ...parameters }: InvokeParameters,
): Promise<{ content: unknown; answer: Partial<InvocationResponse> }> {
  const request = { ...parameters, Payload: Buffer.from(JSON.stringify(Payload)) } as InvocationRequest
  const answer = await answerTo(lambda, request, { ...call, requestId: randomUUID(), host: '' })
  const text = Buffer.from(answer.Payload ?? []).toString()
  const content: unknown = text === '' ? {} : JSON.parse(text)
  if (answer.FunctionError === undefined) return { content, answer }
  const { errorType = 'Error' } = (content ?? {}) as { errorType?: string }
  throw new TaskError(errorType, text)
}

async function answerTo(
  lambda: Operations,
  request: InvocationRequest,
  call: Call,
): Promise<Partial<InvocationResponse>> {
  try {
    return (await lambda['Invoke']?.(request as never, call)) ?? {}
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const text = `${error.message} (Service: Lambda, Status Code: ${error.status}, Request ID: ${call.requestId})`
    throw new TaskError(`Lambda.${error.code}`, text)
  }
}
