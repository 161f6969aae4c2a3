import { connect } from 'node:net'
import { isLoopbackHost } from '../../errors/loopback.ts'

/** The time for a connection on loopback, milliseconds. */
const patienceMs = 1000

/** The host and port of an endpoint on this machine; undefined for all others. */
export function loopbackOf(endpoint: string | undefined): string | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  return url && isLoopbackHost(url.hostname) ? `${url.hostname}:${portOf(url)}` : undefined
}

/**
 * Fails at once if nothing listens at an endpoint on this machine, so that no credentials are looked for.
 *
 * @throws the error of the connection, as `ECONNREFUSED`
 */
export async function requireListener(endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined || loopbackOf(endpoint) === undefined) return
  const url = new URL(endpoint)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) })
  socket.setTimeout(patienceMs, resolve)
  socket.once('connect', resolve)
  socket.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') reject(error)
    else resolve()
  })
  try {
    await promise
  } finally {
    socket.destroy()
  }
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}
