import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Known } from './ask-sandbox.ts'

/** An invocation of a function by its name in the sandbox. */
export interface TrafficTarget {
  region: string
  name: string
  /** An alias or a version; undefined: $LATEST. */
  qualifier: string | undefined
}

/** The answer to an invocation; `error` names the failure of the function, of Lambda or of the connection. */
export interface InvocationAnswer {
  version?: string
  error?: string
  /** The function's answer; absent if none came. */
  payload?: string
  durationMs: number
}

/** A function may run for 15 minutes. */
const patienceMs = 15.5 * 60_000

/**
 * Prepares invocations of a function, each by one request that is never repeated: a client of AWS would hide throttles.
 *
 * @returns invokes once with an event in JSON; throws Node's error if no sandbox listens
 */
export function invoker(
  { port, accessKey }: Known,
  { region, name, qualifier }: TrafficTarget,
): (event: Uint8Array) => Promise<InvocationAnswer> {
  const agent = new Agent({ keepAlive: true })
  const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`
  return async (event) => {
    const began = performance.now()
    const { promise, resolve, reject } = Promise.withResolvers<Omit<InvocationAnswer, 'durationMs'>>()
    const sent = request({ host: '127.0.0.1', port, agent, method: 'POST', path, headers: { authorization } })
    sent.setTimeout(patienceMs, () => sent.destroy(new Error('no answer')))
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') reject(error)
      else resolve({ error: error.code ?? error.message })
    })
    sent.once('response', (response) => {
      const { statusCode = 0, headers } = response
      buffer(response).then(
        (body) => resolve({ ...answerOf(statusCode, headers), payload: body.toString() }),
        () => resolve({ error: 'ECONNRESET' }),
      )
    })
    sent.end(event)
    const answer = await promise
    return { ...answer, durationMs: performance.now() - began }
  }
}

function answerOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Omit<InvocationAnswer, 'durationMs'> {
  const of = (name: string) => headers[name]?.toString()
  const version = of('x-amz-executed-version')
  const isOfLambda = status === 200 && version !== undefined
  const error = isOfLambda ? of('x-amz-function-error') : (of('x-amzn-errortype') ?? `HTTP ${status}`)
  return { ...(version === undefined ? {} : { version }), ...(error === undefined ? {} : { error }) }
}
