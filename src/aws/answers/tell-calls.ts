import type { DeserializeMiddleware, HandlerExecutionContext, Pluggable } from '@smithy/types'

/** One request to AWS and its answer; each retry of the SDK is a call of its own. */
export interface AwsCall {
  /** As in `Lambda`, `CloudWatchLogs`. */
  service: string
  operation: string
  tookMs: number
  /** Undefined if no answer came. */
  status: number | undefined
  requestId: string | undefined
  /** The name of the error in the answer, or of the network's error. */
  problem: string | undefined
  /** From 1 on. */
  attempt: number
  /** The most tries of the call. */
  attempts: number
}

/** Reports each request of a client with its result, without any sent or received content, which may be secret. */
export function tellCalls<Input extends object, Output extends object>(
  onCall: (call: AwsCall) => void,
): Pluggable<Input, Output> {
  const middleware: DeserializeMiddleware<Input, Output> = (next, context) => async (args) => {
    const sentAt = performance.now()
    const tell = (answer: Partial<Answer>, problem?: string) =>
      onCall({
        ...named(context),
        ...tryOf(args.request),
        tookMs: performance.now() - sentAt,
        status: answer.statusCode,
        requestId: requestIdOf(answer),
        problem,
      })
    try {
      const result = await next(args)
      tell(result.response as Answer)
      return result
    } catch (error) {
      const { $response, code, name } = error as { $response?: Answer; code?: string; name?: string }
      tell($response ?? {}, $response ? name : (code ?? name))
      throw error
    }
  }
  return { applyToStack: (stack) => stack.add(middleware, { step: 'deserialize', priority: 'high' }) }
}

/** The parts of an HTTP answer that are reported. */
interface Answer {
  statusCode: number
  headers: Readonly<Record<string, string>>
}

function named({ clientName, commandName }: HandlerExecutionContext): Pick<AwsCall, 'service' | 'operation'> {
  const service = (clientName ?? '').replace(/Client$/, '')
  return { service, operation: (commandName ?? '').replace(/Command$/, '') }
}

/** The SDK names the try in a header: `attempt=1; max=3`. */
function tryOf(request: unknown): Pick<AwsCall, 'attempt' | 'attempts'> {
  const { headers = {} } = request as { headers?: Record<string, string> }
  const [, attempt = 1, attempts = attempt] =
    /attempt=(\d+)(?:; max=(\d+))?/.exec(headers['amz-sdk-request'] ?? '') ?? []
  return { attempt: Number(attempt), attempts: Number(attempts) }
}

/** The id by which AWS's support finds a request; services use different headers. */
export function requestIdOf({ headers = {} }: Partial<Answer>): string | undefined {
  return headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id']
}
