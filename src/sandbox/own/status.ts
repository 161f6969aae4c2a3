import { request } from 'node:http'
import { text } from 'node:stream/consumers'

/** The service name in the signature of requests for the sandbox's own status; no AWS service has it. */
export const ownService = 'sandbox'

/** The status that a running sandbox returns to a client with its key. */
export interface SandboxStatus {
  pid: number
  /** In the order of Region and name. */
  functions: { region: string; name: string }[]
}

/** A sandbox that gives no answer in this time hangs, milliseconds. */
const patienceMs = 3000

/**
 * Asks the sandbox at a loopback port. The answer proves nothing: any program that listens there gets the key, and may
 * give such an answer.
 *
 * @returns undefined if nothing answers in time, or another program does
 */
export async function askStatus(port: number, accessKey: string): Promise<SandboxStatus | undefined> {
  try {
    const answer = await get(port, accessKey)
    const status = JSON.parse(answer) as SandboxStatus
    return Number.isInteger(status.pid) && Array.isArray(status.functions) ? status : undefined
  } catch {
    return undefined
  }
}

/** A request without Node's own agent goes through no proxy, which would see the key. */
async function get(port: number, accessKey: string): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260101/local/${ownService}/aws4_request, SignedHeaders=host, Signature=0`
  const sent = request({
    host: '127.0.0.1',
    port,
    agent: false,
    headers: { authorization },
    signal: AbortSignal.timeout(patienceMs),
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  sent.once('error', reject)
  sent.once('response', (response) => {
    if (response.statusCode === 200) text(response).then(resolve, reject)
    else reject(new Error(`status ${response.statusCode}`))
    if (response.statusCode !== 200) response.resume()
  })
  sent.end()
  return promise
}
