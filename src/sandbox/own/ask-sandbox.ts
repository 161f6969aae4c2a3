import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { ownService } from './own-service.ts'

/** A sandbox that gives no answer in this time hangs, milliseconds. */
const usualPatienceMs = 3000

/** The place of a sandbox on loopback, and its key. */
export interface Known {
  port: number
  accessKey: string
}

/** A request to a sandbox about itself; default: its status. */
export interface Asked {
  method?: 'GET' | 'POST' | 'DELETE'
  path?: string
  body?: object
  /** Default: 3 s, milliseconds. */
  patienceMs?: number
}

/** An answer of a sandbox: its JSON, and whether it refused. */
export interface Told {
  isRefused: boolean
  body: unknown
}

/**
 * Asks the sandbox at a loopback port about itself. The answer proves nothing: any program that listens there gets the
 * key, and may give such an answer. A request without Node's own agent goes through no proxy, which would see the key.
 *
 * @throws Error if nothing answers in time, or something else than a sandbox does
 */
export async function askSandbox({ port, accessKey }: Known, asked: Asked = {}): Promise<Told> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/local/${ownService}/aws4_request, SignedHeaders=host, Signature=0`
  const { method = 'GET', path = '/', body, patienceMs = usualPatienceMs } = asked
  const sent = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    agent: false,
    headers: { authorization },
    signal: AbortSignal.timeout(patienceMs),
  })
  const { promise, resolve, reject } = Promise.withResolvers<Told>()
  sent.once('error', reject)
  sent.once('response', (response) => {
    const { statusCode } = response
    const read = text(response).then((json) => ({
      isRefused: statusCode === 400,
      body: JSON.parse(json) as unknown,
    }))
    if (statusCode === 200 || statusCode === 400) read.then(resolve, reject)
    else reject(new Error(`status ${statusCode}`))
  })
  sent.end(body && JSON.stringify(body))
  return promise
}
