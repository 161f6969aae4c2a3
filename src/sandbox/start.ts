import { mkdtemp } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { noTemporaryFolder } from '../errors/no-temporary-folder.ts'
import { cloudWatchService } from './cloudwatch/service.ts'
import { createExecutor } from './execution/create-executor.ts'
import { startWatchdog } from './execution/runtime/watchdog.ts'
import { randomAccessKey } from './front/access-key.ts'
import type { Owner } from './front/caller.ts'
import { functionsOf } from './functions.ts'
import { iamService } from './iam/service.ts'
import { lambdaService } from './lambda/service.ts'
import { logsService } from './logs/service.ts'
import type { OnRequest } from './own/seen-request.ts'
import { s3Service } from './s3/service.ts'
import { secretsManagerService } from './secretsmanager/service.ts'
import { createSandboxServer } from './server.ts'
import { ssmService } from './ssm/service.ts'
import { type Closers, claimState, type KeptState } from './state/claim.ts'
import type { Persistent } from './state/persistent.ts'
import { createFunctionKeys } from './sts/function-keys.ts'
import { stsService } from './sts/service.ts'

export interface SandboxOptions {
  /** 0 chooses any free port. */
  port: number
  /** The folder for state that outlives the sandbox; undefined: nothing is kept. */
  stateDirectory?: string | undefined
  /** 12 digits. */
  account?: string | undefined
  /** The access key for signing requests; default: a random one. */
  accessKey?: string | undefined
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
  /** Ends every connection and every handler, and saves the state. Another call waits for the same end. */
  close(): Promise<void>
}

const host = '127.0.0.1'

/**
 * Starts Lambda, CloudWatch, CloudWatch Logs, S3, Parameter Store, Secrets Manager, STS and IAM on one port of the
 * loopback interface.
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
    const server = await serve(options, { account, accessKey }, closers)
    const { port } = server.address() as AddressInfo
    return { url: urlOf(server), port, account, accessKey, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function serve(options: SandboxOptions, owner: Owner, closers: Closers): Promise<Server> {
  const { stateDirectory } = options
  const state = stateDirectory === undefined ? undefined : await claimState(stateDirectory, closers)
  const directory = state?.directory ?? (await temporaryDirectory(closers))
  const codeDirectory = path.join(directory, 'code')
  const clock = Date.now
  const s3 = s3Service({
    directory: path.join(directory, 'objects'),
    clock,
    ...(state && { afterCommit: (work: () => void) => state.keeper.afterCommit(work) }),
  })
  const functions = functionsOf(() => lambda.service.operations)
  const cloudWatch = cloudWatchService({ clock, functions })
  closers.push(() => cloudWatch.close())
  const logs = logsService({ clock, metrics: cloudWatch.sink, functions })
  const functionKeys = createFunctionKeys()
  let url = ''
  const executor = createExecutor({
    metrics: cloudWatch.sink,
    logs: logs.sink,
    clock,
    access: { keys: functionKeys, endpoint: () => url || undefined },
  })
  const iam = iamService(clock)
  const lambda = lambdaService({
    executor,
    metrics: cloudWatch.sink,
    codeDirectory,
    clock,
    account: owner.account,
    readObject: s3.read,
    mayAssume: iam.mayAssume,
  })
  const ssm = ssmService(clock)
  const secrets = secretsManagerService(clock)
  const sts = stsService({ clock, mayAssume: iam.mayAssume })
  const all = [cloudWatch, logs, s3, lambda, ssm, secrets, sts, iam]
  // The keeper closes after the executor, so that the handlers' last lines are kept.
  closers.push(
    () => executor.close(),
    () => lambda.close(),
  )
  if (state) await restore(state, { all, sweepers: [s3, lambda] })
  const services = all.map(({ service }) => service)
  const server = createSandboxServer(services, owner, {
    kept: state?.kept,
    onRequest: options.onRequest,
    bodyFolder: directory,
    findSession: (accessKey) => functionKeys.find(accessKey) ?? sts.findSession(accessKey),
    status: () => ({ pid: process.pid, functions: lambda.functions() }),
  })
  await listen(server, options.port)
  url = urlOf(server)
  closers.push(() => stop(server))
  lambda.resume()
  return server
}

function urlOf(server: Server): string {
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

interface Parts {
  all: readonly { persistent: Persistent[] }[]
  sweepers: readonly { sweep(): Promise<void> }[]
}

async function restore({ keeper }: KeptState, { all, sweepers }: Parts): Promise<void> {
  keeper.restore(all.flatMap(({ persistent }) => persistent))
  // Without a database a file can't be known as an orphan: a person may have moved the database away.
  if (!keeper.isNew) for (const part of sweepers) await part.sweep()
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

function listen(server: Server, port: number): Promise<void> {
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

/** Runs every closer, even after a failure, then throws the first failure. */
async function closeAll(closers: Closers): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
