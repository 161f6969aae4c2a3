import { once } from 'node:events'
import { connect } from 'node:net'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'
import { isLoopbackHost } from '../../errors/loopback.ts'
import { isSameProcess } from '../../processes/start-time.ts'
import { type ConnectFlags, choosePlace } from '../place/choose-place.ts'
import { systemClock } from '../run/clock.ts'
import { sandboxKeyAt } from '../sandbox-key/read-key.ts'
import { openSandbox } from './open-sandbox.ts'

/** A sandbox that a command works with. */
export interface LocalSandbox extends AsyncDisposable {
  /** Whether this command started it, and so ends it. */
  isOwn: boolean
  /** Aborted when it has ended, where that can be seen. */
  gone: AbortSignal
}

/** How often is looked whether a sandbox that was found still runs, milliseconds. */
const lookEveryMs = 500
/** A port of this machine answers at once, or nobody listens there; milliseconds. */
const connectsWithinMs = 2000

/**
 * The endpoint of an environment on this machine.
 *
 * @throws LambdactlError USAGE for any other environment: code that is being written goes to no AWS account
 */
export function localEndpoint(environment: LocatedEnvironment, flags: ConnectFlags): URL {
  const endpoint = choosePlace(environment, flags, process.env).endpoint?.value
  const url = endpoint === undefined ? null : URL.parse(endpoint)
  if (url && isLoopbackHost(url.hostname)) return url
  const where = endpoint ?? 'AWS'
  throw new LambdactlError(
    'USAGE',
    `Each save is deployed at once, so this works at an endpoint on this machine only, and the environment ${environment.name} is at ${where}.`,
    {
      next: [
        'Name an environment of the sandbox, such as sandbox: {region: eu-west-1, endpoint: "http://127.0.0.1:4510"}.',
      ],
    },
  )
}

/**
 * Finds what listens at an endpoint, or starts a sandbox there that ends with this process.
 *
 * @throws LambdactlError as `openSandbox`
 */
export async function findOrOpenSandbox(url: URL): Promise<LocalSandbox> {
  const found = await foundAt(url)
  if (found) return found
  const open = await openSandbox({ port: portOf(url) })
  const gone = new AbortController().signal
  return { isOwn: true, gone, [Symbol.asyncDispose]: () => open.close() }
}

async function foundAt(url: URL): Promise<LocalSandbox | undefined> {
  const key = sandboxKeyAt(url.href, process.env)
  if (!key && !(await listensAt(url))) return undefined
  const gone = new AbortController()
  const look = () => key && !isSameProcess(key.pid, key.started) && gone.abort()
  const looking = setInterval(look, lookEveryMs)
  const dispose = () => {
    clearInterval(looking)
    return Promise.resolve()
  }
  return { isOwn: false, gone: gone.signal, [Symbol.asyncDispose]: dispose }
}

async function listensAt(url: URL): Promise<boolean> {
  const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) })
  try {
    const late = systemClock.pause(connectsWithinMs).then(() => 'late')
    return (await Promise.race([once(socket, 'connect'), late])) !== 'late'
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}
