import type { IncomingMessage } from 'node:http'
import { LambdactlError } from '../../errors/error.ts'
import { isLoopbackHost } from '../../errors/loopback.ts'
import { Ended } from '../answers/end-calls.ts'
import { attempt } from '../answers/translate.ts'
import { Unreadable } from '../answers/unreadable.ts'
import { throughProxy } from '../client/through-proxy.ts'

/** A zipped package can't be larger than Lambda's limit for it unzipped, in bytes. */
const largest = 262_144_000
/** For the whole download: 250 MiB at 1 MB a second. */
const longestMs = 5 * 60_000
/** The longest silence on the connection. */
const silenceMs = 20_000

/** Limits of a download. */
export interface DownloadLimits {
  bytes: number
  totalMs: number
  silenceMs: number
}

/**
 * Downloads the file behind a presigned link. Redirects are not followed. An error contains neither the link nor the
 * answer's text: the link gives access to the code.
 *
 * @param what a name for a person: `the code of shop-checkout-prod:3`
 * @param interrupt ends it, unless it was aborted before
 * @throws LambdactlError UNREACHABLE, AWS_UNAVAILABLE, AWS_REFUSED, INTERRUPTED
 */
export async function download(
  link: string,
  what: string,
  limits: DownloadLimits = { bytes: largest, totalMs: longestMs, silenceMs },
  interrupt?: AbortSignal,
): Promise<Uint8Array> {
  const url = URL.parse(link)
  if (!url || !isTrusted(url)) throw refused(what, 'its link is neither https nor an address of this machine')
  const { get, agent } = await protocolOf(url)
  return attempt(`download ${what}`, async () => {
    const silence = new AbortController()
    const ended = interrupt?.aborted === false ? interrupt : new AbortController().signal
    const signal = AbortSignal.any([AbortSignal.timeout(limits.totalMs), silence.signal, ended])
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const request = get(url, { signal, agent }, resolve)
    request.once('error', reject)
    request.setTimeout(limits.silenceMs, () => silence.abort())
    try {
      return await read(await promise, what, limits.bytes)
    } catch (error) {
      if (ended.aborted) throw new Ended('GetCode')
      throw signal.aborted ? tooSlow(what) : error
    } finally {
      request.destroy()
    }
  })
}

async function protocolOf({ protocol }: URL) {
  if (protocol === 'http:') return { get: (await import('node:http')).get, agent: false } as const
  const { get, Agent } = await import('node:https')
  return { get, agent: new Agent(throughProxy) }
}

async function read(answer: IncomingMessage, what: string, most: number): Promise<Uint8Array> {
  const { statusCode = 0 } = answer
  const isProxy = statusCode < 400 || statusCode === 407 || statusCode >= 500
  if (statusCode !== 200 && isProxy) throw new Unreadable(`its link answered ${statusCode}`, statusCode)
  if (statusCode !== 200) throw refused(what, `its link answered ${statusCode}`)
  const chunks: Buffer[] = []
  let total = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > most) throw refused(what, `it is larger than ${most} bytes`)
    chunks.push(chunk)
  }
  const content = Buffer.concat(chunks)
  if (/^\s*</.test(content.toString('latin1', 0, 100))) throw new Unreadable('a page in place of a zip', 200)
  return content
}

/** AWS's own links use https; those of the sandbox and other local endpoints are on loopback. */
function isTrusted({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true
  return protocol === 'http:' && (isLoopbackHost(hostname) || hostname.endsWith('.localhost'))
}

function refused(what: string, why: string): LambdactlError {
  return new LambdactlError('AWS_REFUSED', `Could not download ${what}: ${why}.`, {
    next: ['Run the command again: AWS makes a new link each time.'],
  })
}

function tooSlow(what: string): LambdactlError {
  return new LambdactlError('UNREACHABLE', `Could not download ${what}: it took too long.`, {
    next: ['Check the network, then run the command again.'],
  })
}
