import { mkdtemp } from 'node:fs/promises'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { noTemporaryFolder } from '../errors/no-temporary-folder.ts'
import { type Account, openAccount } from './account.ts'
import { createClock, noteEveryMs, type SandboxClock } from './clock.ts'
import { type Closers, closeAll } from './closers.ts'
import type { RuntimeSdkFolders } from './execution/runtime/child-environment.ts'
import { startWatchdog } from './execution/runtime/watchdog.ts'
import { hits } from './faults/check-fault.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { prefixOf } from './faults/request-faults.ts'
import { randomAccessKey } from './front/access-key.ts'
import type { Owner } from './front/caller.ts'
import { FrontServer } from './front/front-server.ts'
import { functionArn } from './lambda/requests/names.ts'
import type { Own } from './own/own-answer.ts'
import type { OnRequest } from './own/seen-request.ts'
import { type PartName, partNames } from './parts.ts'
import type { Service } from './protocol/service.ts'
import { type Renewable, renewable } from './renewable.ts'
import { sandboxListener } from './server.ts'
import { claimState, type KeptState, temporaryState } from './state/claim.ts'

export type { RuntimeSdkFolders } from './execution/runtime/child-environment.ts'

export interface SandboxOptions {
  /** 0 chooses any free port. */
  port: number
  /** The folder for state that outlives the sandbox; undefined: nothing is kept. */
  stateDirectory?: string | undefined
  /** 12 digits. */
  account?: string | undefined
  /** The access key for signing requests; default: a random one. */
  accessKey?: string | undefined
  /** How much faster than real time its clock runs, from 1 to 1,000; default: 1. */
  speed?: number | undefined
  /** How long a day of S3's lifecycle rules is, in milliseconds of its clock; default: 24 hours. */
  lifecycleDayMs?: number | undefined
  /** Where handlers find the SDKs that were installed for them. */
  runtimeSdks?: RuntimeSdkFolders | undefined
  /** Called with each request of interest after its answer. */
  onRequest?: OnRequest | undefined
}

/** A running sandbox. */
export interface Sandbox {
  /** The endpoint for every service. */
  url: string
  port: number
  account: string
  /** The access key and the secret key of clients; both are the same. */
  accessKey: string
  /** Failures on demand. */
  faults: Faults
  /** Ends every connection and every handler, and saves the state. Another call waits for the same end. */
  close(): Promise<void>
}

const host = '127.0.0.1'

/**
 * Starts Lambda, CloudWatch, CloudWatch Logs, S3, SQS, SNS, EventBridge, DynamoDB, Kinesis, Step Functions, API
 * Gateway, Parameter Store, Secrets Manager, STS, IAM and Application Auto Scaling on one port of the loopback
 * interface.
 *
 * @throws LambdactlError PORT_TAKEN; CONFLICT if another sandbox has the state folder; CONFIG_INVALID for state that
 * cannot be read
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { account = '000000000000', accessKey = randomAccessKey() } = options
  const closers: Closers = []
  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeAll(closers))
  try {
    const { server, faults } = await serve(options, { account, accessKey }, closers)
    const { port } = server.address() as AddressInfo
    return { url: urlOf(server), port, account, accessKey, faults, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A server that listens, and its faults. */
interface Serving {
  server: Server
  faults: Faults
}

async function serve(options: SandboxOptions, owner: Owner, closers: Closers): Promise<Serving> {
  const { stateDirectory } = options
  const state =
    stateDirectory === undefined
      ? temporaryState(await temporaryDirectory(closers), closers)
      : await claimState(stateDirectory, closers)
  const { directory, keeper, kept } = state
  const clock = keepTime(options.speed, closers)
  let url = ''
  const faults = createFaults({
    clock: clock.now,
    operations: () => account.services.flatMap(operationsOf),
  })
  const account = openAccount({
    owner,
    clock,
    faults,
    directory,
    ...(stateDirectory !== undefined && { afterCommit: (work: () => void) => keeper.afterCommit(work) }),
    endpoint: () => url || undefined,
    runtimeSdks: options.runtimeSdks,
    lifecycleDayMs: options.lifecycleDayMs,
  })
  const listen = ({ services, findSession }: Account): RequestListener =>
    sandboxListener(services, owner, {
      kept,
      onRequest: options.onRequest,
      bodyFolder: directory,
      clock,
      findSession,
      faults,
      own: ownOf({ faults, clock, account, owner }, (names) => front.reset(names)),
    })
  const front = renewable(account, {
    listen,
    forget: (before, after) => keeper.renew(before, after),
  })
  faults.onAdd(({ kind, target }) => {
    if (kind === 'kill') account.kill((names) => hits(target, names))
  })
  // The keeper closes after the account, so that the handlers' last lines are kept.
  closers.push(() => account.close())
  await restore(state, clock, account)
  const server = new FrontServer(front.listener)
  await listenAt(server, options.port)
  url = urlOf(server)
  closers.push(() => stop(server))
  account.resume()
  return { server, faults }
}

function keepTime(speed: number | undefined, closers: Closers): SandboxClock {
  const clock = createClock(speed)
  const timer = setInterval(() => clock.note(), noteEveryMs).unref()
  closers.push(() => clearInterval(timer))
  return clock
}

/** The sandbox for its owner. */
function ownOf(
  { faults, clock, account, owner }: { faults: Faults; clock: SandboxClock; account: Account; owner: Owner },
  reset: Renewable['reset'],
): Own {
  return {
    status: () => ({
      pid: process.pid,
      ...account.status(),
      memoryBytes: process.memoryUsage.rss(),
      speed: clock.speed,
      time: clock.now(),
      faults: faults.list(),
    }),
    faults,
    feed({ source, region, name, qualifier, content }) {
      const arn = functionArn({ account: owner.account, region }, name, qualifier)
      return account.feed(source, arn, content)
    },
    async reset(service) {
      if (service !== undefined) return await reset([partOf(service)])
      faults.clear()
      await reset(partNames)
    },
  }
}

/** @throws LambdactlError USAGE */
function partOf(service: string): PartName {
  const part = partNames.find((name) => name === service)
  if (part) return part
  throw new LambdactlError('USAGE', `The sandbox has no service ${JSON.stringify(service)}.`, {
    next: [`The services are ${partNames.toSorted().join(', ')}.`],
  })
}

/** The operations of a service, as faults name them. */
function operationsOf({ signingName, operations, deferred }: Service): string[] {
  const names = deferred?.operationNames ?? Object.keys(operations)
  return names.map((name) => `${prefixOf(signingName)}:${name}`)
}

function urlOf(server: Server): string {
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

async function restore({ keeper }: KeptState, clock: SandboxClock, account: Account): Promise<void> {
  keeper.restore([clock.kept, ...account.persistent])
  clock.note()
  // Without a database a file can't be known as an orphan: a person may have moved the database away.
  if (!keeper.isNew) await account.sweep()
}

/** The sandbox's watchdog removes the folder at the end, also if the sandbox is killed. */
async function temporaryDirectory(closers: Closers): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'lambdactl-sandbox-')).catch((cause: unknown) => {
    throw noTemporaryFolder(tmpdir(), cause)
  })
  const watchdog = startWatchdog(directory)
  closers.push(() => watchdog.close())
  return directory
}

function listenAt(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : error)
    })
    server.listen(port, host, resolve)
  })
}

function portTaken(port: number, cause: Error): LambdactlError {
  return new LambdactlError('PORT_TAKEN', `Port ${port} of ${host} is in use by another program.`, {
    next: [
      'Choose another port with --port, or --port 0 for any free one.',
      'Or stop the program that has it.',
    ],
    cause,
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
