import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** An answer that the proxy gives in place of the sandbox's. */
export interface Lie {
  status: number
  /** In place of all others. */
  headers: Readonly<Record<string, string>>
  body: string
  /** The sandbox has dealt with the request before. */
  takesEffect?: boolean
}

/**
 * The fate of a request: it goes through, never arrives, arrives and its answer is lost, or is answered by a lie. With
 * `headers` it goes through, and its answer has these as well.
 */
export type Fate =
  | 'passes'
  | 'is lost'
  | 'is not answered'
  | Lie
  | { headers: Readonly<Record<string, string>> }

/** The page that a captive portal or a proxy answers to every request. */
export const page: Lie = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>',
}

/**
 * Stands between a CLI and the sandbox, and may let requests or answers go missing, where their connections stay silent, or
 * answer itself.
 */
export interface Proxy {
  url: string
  /** From now on every request is lost. */
  fallSilent(): void
  /** The first request that was not answered, once the sandbox has dealt with it where it arrived. */
  unanswered: Promise<IncomingMessage>
}

/**
 * Starts a proxy for one test.
 *
 * @param fate of a request and its number, from 1 on; until it is known, the request is held
 */
export async function startProxy(
  sandboxUrl: string,
  fate: (nth: number, message: IncomingMessage) => Fate | Promise<Fate> = () => 'passes',
): Promise<Proxy> {
  let count = 0
  let silent = false
  const { promise: unanswered, resolve } = Promise.withResolvers<IncomingMessage>()
  const decide = async (message: IncomingMessage, response: ServerResponse) => {
    count += 1
    const what = silent ? 'is lost' : await fate(count, message)
    if (what === 'is lost') resolve(message)
    else if (isLie(what) && !what.takesEffect) tell(response, what)
    else {
      const lose = () => (isLie(what) ? tell(response, what) : resolve(message))
      const passes = what === 'passes' || !(what === 'is not answered' || isLie(what))
      const more = typeof what === 'object' && passes ? what.headers : {}
      forward(sandboxUrl, message, response, more, passes ? undefined : lose)
    }
  }
  const server = createServer((message, response) => void decide(message, response))
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fallSilent: () => (silent = true),
    unanswered,
  }
}

/** Tells whether a request reads log events. */
export function isLogRead({ headers }: IncomingMessage): boolean {
  return String(headers['x-amz-target']).endsWith('.FilterLogEvents')
}

/** The first bytes of a request's body, which stay there for the proxy: all of a small one. */
export async function beginOf(message: IncomingMessage): Promise<string> {
  await once(message, 'readable')
  const begin = message.read() as Buffer
  message.unshift(begin)
  return begin.toString()
}

function isLie(fate: Fate): fate is Lie {
  return typeof fate === 'object' && 'status' in fate
}

function tell(response: ServerResponse, { status, headers, body }: Lie): void {
  response.writeHead(status, headers).end(body)
}

/**
 * @param more headers of an answer that is given
 * @param lose is called in place of an answer that is not to be given
 */
function forward(
  sandboxUrl: string,
  message: IncomingMessage,
  response: ServerResponse,
  more: Readonly<Record<string, string>>,
  lose: (() => void) | undefined,
): void {
  const { method, headers, url = '/' } = message
  const onward = request(new URL(url, sandboxUrl), { method, headers }, (answer) => {
    if (lose) {
      answer.resume()
      answer.once('end', lose)
      return
    }
    response.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...more })
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  message.pipe(onward)
}
