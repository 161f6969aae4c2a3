import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What becomes of a request: it goes through, never arrives, or arrives and its answer is lost. */
export type Fate = 'passes' | 'is lost' | 'is not answered'

/** Stands between a CLI and the sandbox, and may let requests or answers go missing: their connections stay silent. */
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
    else forward(sandboxUrl, message, response, what === 'passes' ? undefined : () => resolve(message))
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

/** @param lose is called in place of an answer that is not to be given */
function forward(
  sandboxUrl: string,
  message: IncomingMessage,
  response: ServerResponse,
  lose: (() => void) | undefined,
): void {
  const { method, headers, url = '/' } = message
  const onward = request(new URL(url, sandboxUrl), { method, headers }, (answer) => {
    if (lose) {
      answer.resume()
      answer.once('end', lose)
      return
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  message.pipe(onward)
}
