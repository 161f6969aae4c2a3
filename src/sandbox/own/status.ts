import { request } from 'node:http'
import { text } from 'node:stream/consumers'

/** The name that requests for the sandbox's own status are signed for; no service of AWS has it. */
export const ownService = 'sandbox'

/** A running sandbox tells this to whoever has its key. */
export interface SandboxStatus {
  pid: number
  /** In the order of Region and name. */
  functions: { region: string; name: string }[]
}

/** A sandbox that doesn't answer in this time hangs, milliseconds. */
const patienceMs = 3000

/**
 * Asks the sandbox at a port of loopback. The answer proves nothing: whatever listens there is told the key, and may answer so.
 *
 * @returns undefined where nothing answers in time, or something else does
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

/** Without an agent of Node's own it goes through no proxy, which would be told the key. */
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
