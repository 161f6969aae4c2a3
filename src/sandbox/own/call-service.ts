import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Known } from './ask-sandbox.ts'

/** A call of a service of the sandbox. */
export interface ServiceCall {
  region: string
  /** The service's name in signatures, such as `kinesis`. */
  service: string
  method?: 'GET' | 'POST'
  path?: string
  /** The operation in awsJson, such as `Kinesis_20131202.PutRecord`. */
  target?: string
  body?: object
}

/** The answer of a service. */
export interface ServiceAnswer {
  /** The code of an error. */
  error: string | undefined
  body: unknown
}

const patienceMs = 10_000

/**
 * Calls a service of a sandbox by one request. A client of AWS would take longer to load than the call.
 *
 * @throws Node's error if no sandbox listens
 */
export async function callService(
  { port, accessKey }: Known,
  { region, service, method = 'POST', path = '/', target, body }: ServiceCall,
): Promise<ServiceAnswer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`
  const headers = {
    authorization,
    ...(target !== undefined && { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' }),
  }
  const signal = AbortSignal.timeout(patienceMs)
  const sent = request({ host: '127.0.0.1', port, agent: false, method, path, headers, signal })
  const { promise, resolve, reject } = Promise.withResolvers<ServiceAnswer>()
  sent.once('error', reject)
  sent.once('response', (response) => {
    const { statusCode = 0, headers: told } = response
    const error =
      statusCode < 300 ? undefined : (told['x-amzn-errortype']?.toString() ?? `HTTP ${statusCode}`)
    json(response).then((answer) => resolve({ error, body: answer }), reject)
  })
  sent.end(body && JSON.stringify(body))
  return promise
}
