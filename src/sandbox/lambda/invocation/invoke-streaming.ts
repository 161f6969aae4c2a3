import { PassThrough } from 'node:stream'
import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
  InvokeWithResponseStreamResponseEvent,
} from '@aws-sdk/client-lambda'
import type { Invocation, Outcome } from '../../execution/model/executor.ts'
import type { Call } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import type { FunctionVersion } from '../records/records.ts'
import { prepare, start } from './invoke.ts'

/** An invocation whose answer comes in parts. */
export interface Streamed {
  /** The parts that the handler streams. */
  chunks: AsyncIterable<Uint8Array>
  /** The content type that the handler has set, once it has begun its stream; undefined if it does not stream. */
  contentType: string | undefined
  /** The end. A handler that does not stream has its whole answer here. */
  outcome: Promise<Outcome>
}

/** Invokes a function, and passes its answer on in parts as they come. */
export async function invokeStreaming(
  context: LambdaContext,
  input: InvokeWithResponseStreamRequest,
  call: Call,
): Promise<Partial<InvokeWithResponseStreamResponse>> {
  const { version, invocation } = prepare(context, input, call)
  if (input.InvocationType === 'DryRun') return { StatusCode: 204 }
  const streamed = await stream(context, version, invocation)
  return {
    StatusCode: 200,
    ExecutedVersion: version.configuration.Version,
    EventStream: events(streamed, input.LogType === 'Tail'),
  }
}

/**
 * Starts an invocation. Resolves once the handler has begun its stream, or has ended.
 *
 * @throws ServiceError if it can't run now
 */
export async function stream(
  context: LambdaContext,
  version: FunctionVersion,
  invocation: Invocation,
): Promise<Streamed> {
  const chunks = new PassThrough()
  const { promise: begun, resolve: begin } = Promise.withResolvers<string | undefined>()
  const onChunk: Invocation['onChunk'] = (chunk, contentType) => {
    chunks.write(chunk)
    begin(contentType)
  }
  const outcome = start(context, version, { ...invocation, onChunk })
  const ended = outcome.then(
    () => void chunks.end(),
    (error: unknown) => {
      chunks.end()
      throw error
    },
  )
  const contentType = await Promise.race([begun, ended])
  return { chunks, contentType: contentType ?? undefined, outcome }
}

async function* events(
  { chunks, outcome }: Streamed,
  withLog: boolean,
): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  for await (const Payload of chunks) yield { PayloadChunk: { Payload } }
  const { payload, functionError, logTail } = await outcome
  if (!functionError && payload.byteLength > 0) yield { PayloadChunk: { Payload: payload } }
  yield {
    InvokeComplete: {
      ErrorCode: functionError,
      ErrorDetails: functionError && Buffer.from(payload).toString(),
      LogResult: withLog ? Buffer.from(logTail).toString('base64') : undefined,
    },
  }
}
