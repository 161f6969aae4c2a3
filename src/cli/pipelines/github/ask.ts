import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { throughProxy } from '../../../aws/client/through-proxy.ts'
import { mask } from '../../output/mask.ts'

/** The longest time that an answer may take; a command waits for three of them, milliseconds. */
const patienceMs = 5000
/** More of a refusal does not fit into a warning, characters. */
const longestMessage = 140

/**
 * Asks GitHub's API, through a proxy as AWS is asked. Redirects are not followed: a token goes nowhere else.
 *
 * @param body sent by POST; undefined: GET
 * @param withinMs the longest time that the whole answer may take, milliseconds
 * @throws Error for an answer that is no success, or none in time
 */
export async function ask(
  url: string,
  token: string,
  body?: object,
  withinMs: number = patienceMs,
): Promise<unknown> {
  const signal = AbortSignal.timeout(withinMs)
  try {
    const answer = await sent(url, token, { body, signal })
    const { statusCode = 0 } = answer
    if (statusCode >= 200 && statusCode < 300) return await json(answer)
    const { message = '' } = (await json(answer).catch(() => ({}))) as { message?: unknown }
    throw new Error(`${statusCode} ${mask(String(message)).slice(0, longestMessage)}`.trimEnd())
  } catch (error) {
    throw signal.aborted ? new Error(`no answer in ${withinMs / 1000} s`) : error
  }
}

interface Sending {
  body: object | undefined
  signal: AbortSignal
}

async function sent(url: string, token: string, { body, signal }: Sending): Promise<IncomingMessage> {
  const isSecure = url.startsWith('https:')
  const { request, Agent } = isSecure ? await import('node:https') : await import('node:http')
  const text = body && JSON.stringify(body)
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'lambdactl',
    'x-github-api-version': '2022-11-28',
    ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  }
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const agent = new Agent(isSecure ? throughProxy : {})
  request(url, { method: text ? 'POST' : 'GET', headers, agent, signal }, resolve)
    .once('error', reject)
    .end(text)
  return promise
}
