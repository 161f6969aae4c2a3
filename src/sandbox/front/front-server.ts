import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http'
import type { Http2Server } from 'node:http2'
import type { Socket } from 'node:net'

/** A client that hangs up before its request is of no interest. */
const ignored = () => undefined

/** The first bytes of a connection by HTTP/2. */
const preface = 'PRI '

/**
 * A server of HTTP/1.1 that also takes HTTP/2 without TLS, if a connection begins with it: so does the SDK's own client
 * of Kinesis.
 */
export class FrontServer extends Server {
  /** Connections that have sent nothing yet, and those by HTTP/2. */
  readonly #others = new Set<Socket>()
  #http2: Promise<Http2Server> | undefined

  constructor(listener: RequestListener) {
    super(listener)
    const [accept] = this.listeners('connection')
    this.removeAllListeners('connection')
    this.on('connection', (socket: Socket) => {
      this.#others.add(socket)
      const forget = () => void this.#others.delete(socket)
      socket.once('close', forget).on('error', ignored)
      socket.once('data', (first: Buffer) => {
        socket.pause()
        socket.unshift(first)
        if (first.toString('latin1', 0, preface.length) === preface) {
          this.#acceptHttp2(listener, socket)
          return
        }
        socket.off('close', forget).off('error', ignored)
        forget()
        accept?.call(this, socket)
        socket.resume()
      })
    })
  }

  override closeAllConnections(): void {
    super.closeAllConnections()
    for (const socket of this.#others) socket.destroy()
  }

  #acceptHttp2(listener: RequestListener, socket: Socket): void {
    this.#http2 ??= http2Server(listener)
    this.#http2.then(
      (server) => server.emit('connection', socket),
      (error: unknown) => socket.destroy(error as Error),
    )
  }
}

/** The listener gets requests that look like those of HTTP/1.1. */
async function http2Server(listener: RequestListener): Promise<Http2Server> {
  const { createServer } = await import('node:http2')
  return createServer((request, response) => {
    request.headers.host ??= request.authority
    listener(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse & { req: IncomingMessage },
    )
  })
}
