import { type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http'
import type { Http2Server } from 'node:http2'
import type { Socket } from 'node:net'

/** The first bytes of a connection by HTTP/2. */
const preface = 'PRI '
/** A connection that sends nothing is closed after this time, milliseconds. */
const silentMs = 60_000

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
      const leave = () => socket.destroy()
      socket.once('close', forget).on('error', leave).once('end', leave).setTimeout(silentMs, leave)
      socket.once('data', (first: Buffer) => {
        socket.pause()
        socket.unshift(first)
        socket.off('error', leave).off('end', leave).off('timeout', leave).setTimeout(0)
        if (first.toString('latin1', 0, preface.length) === preface) {
          this.#acceptHttp2(listener, socket)
          return
        }
        socket.off('close', forget)
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
    // The session has its own listener; until then an error must not end the sandbox.
    socket.on('error', () => socket.destroy())
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
