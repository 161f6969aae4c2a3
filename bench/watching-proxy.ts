import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An UpdateAlias that was answered with success. */
interface AliasUpdate {
  functionName: string
  /** Whether a second version has a weight: a canary's step, and not the way back. */
  weighted: boolean
  /** When the client had the whole answer, milliseconds since the epoch. */
  answered: number
}

/** Stands between clients and the sandbox, and tells when an alias was moved. */
export interface WatchingProxy {
  url: string
  /** The next move of a function's alias, to weights or away from them. */
  next(functionName: string, weighted: boolean): Promise<AliasUpdate>
  close(): void
}

export async function watchingProxy(sandboxUrl: string): Promise<WatchingProxy> {
  const watchers = new Set<(update: AliasUpdate) => void>()
  const server = createServer((message, response) => {
    void forward(sandboxUrl, message, response, (update) => {
      for (const watcher of watchers) watcher(update)
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (functionName, weighted) =>
      new Promise((resolve) => {
        const watcher = (update: AliasUpdate) => {
          if (update.functionName !== functionName || update.weighted !== weighted) return
          watchers.delete(watcher)
          resolve(update)
        }
        watchers.add(watcher)
      }),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function forward(
  sandboxUrl: string,
  message: IncomingMessage,
  response: ServerResponse,
  tell: (update: AliasUpdate) => void,
): Promise<void> {
  const { method, headers, url = '/' } = message
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const onward = request(new URL(url, sandboxUrl), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    response.once('finish', () => {
      const update = answer.statusCode === 200 && aliasUpdate(method, url, body)
      if (update) tell(update)
    })
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  onward.end(body)
}

/** The update that an UpdateAlias asks for; undefined for any other request. */
function aliasUpdate(method: string | undefined, url: string, body: Buffer): AliasUpdate | undefined {
  const [, functionName] = /^\/2015-03-31\/functions\/([^/]+)\/aliases\/[^/]+$/.exec(url) ?? []
  if (method !== 'PUT' || functionName === undefined) return undefined
  const { RoutingConfig } = JSON.parse(body.toString()) as {
    RoutingConfig?: { AdditionalVersionWeights?: Record<string, number> }
  }
  const weighted = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0
  return { functionName, weighted, answered: Date.now() }
}
