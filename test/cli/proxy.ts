import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Stands between a CLI and the sandbox, and can fall silent: requests are taken and never answered. */
export interface Proxy {
  url: string
  fallSilent(): void
  /** The first request that it did not answer. */
  unanswered: Promise<IncomingMessage>
}

/** Starts a proxy for one test. */
export async function startProxy(sandboxUrl: string): Promise<Proxy> {
  let silent = false
  const { promise: unanswered, resolve } = Promise.withResolvers<IncomingMessage>()
  const server = createServer((message, response) => {
    if (silent) resolve(message)
    else forward(sandboxUrl, message, response)
  })
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

function forward(sandboxUrl: string, message: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url = '/' } = message
  const onward = request(new URL(url, sandboxUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  message.pipe(onward)
}
