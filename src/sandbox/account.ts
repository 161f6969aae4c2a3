import path from 'node:path'
import type { SandboxClock } from './clock.ts'
import { closeAll } from './closers.ts'
import { cloudWatchService } from './cloudwatch/service.ts'
import { createExecutor } from './execution/create-executor.ts'
import type { Executor } from './execution/model/executor.ts'
import { createDelays } from './faults/delays.ts'
import type { Faults } from './faults/faults.ts'
import type { FindSession, Owner } from './front/caller.ts'
import { functionsOf } from './functions.ts'
import { iamService } from './iam/service.ts'
import { lambdaService } from './lambda/service.ts'
import { logsService } from './logs/service.ts'
import type { SandboxStatus } from './own/status.ts'
import type { Service } from './protocol/service.ts'
import { s3Service } from './s3/service.ts'
import { secretsManagerService } from './secretsmanager/service.ts'
import { ssmService } from './ssm/service.ts'
import type { Part } from './state/persistent.ts'
import { createFunctionKeys } from './sts/function-keys.ts'
import { stsService } from './sts/service.ts'

export interface AccountOptions {
  owner: Owner
  clock: SandboxClock
  faults: Faults
  /** The folder for packages and the contents of objects. */
  directory: string
  /** Runs the work once all present changes are on disk; absent: nothing is kept. */
  afterCommit?: (work: () => void) => void
  /** The address of the sandbox for handlers, once it can be reached. */
  endpoint: () => string | undefined
}

/** The services of the account with all that they hold, and the handlers that they run. */
export interface Account {
  services: Service[]
  persistent: Part[]
  findSession: FindSession
  status(): Pick<SandboxStatus, 'functions' | 'environments'>
  kill: Executor['kill']
  /** Removes files that no record names, after the records are restored. */
  sweep(): Promise<void>
  /** Call this once the sandbox can be reached: warms provisioned environments, and runs the unfinished events. */
  resume(): void
  /** Ends every handler; the last lines of their logs are in the records then. */
  close(): Promise<void>
}

/** An empty account, until its records are restored. */
export function openAccount(options: AccountOptions): Account {
  const { owner, faults, directory, afterCommit } = options
  const { now: clock } = options.clock
  const s3 = s3Service({
    directory: path.join(directory, 'objects'),
    clock,
    ...(afterCommit && { afterCommit }),
  })
  const observed = observe(options, () => lambda.service.operations)
  const { cloudWatch, logs, delays } = observed
  const functionKeys = createFunctionKeys()
  const executor = createExecutor({
    metrics: cloudWatch.sink,
    logs: logs.sink,
    clock,
    access: { keys: functionKeys, endpoint: options.endpoint },
    strikes: (kind, names) => faults.strike(kind, names) !== undefined,
  })
  const iam = iamService(clock)
  const lambda = lambdaService({
    executor,
    metrics: cloudWatch.sink,
    codeDirectory: path.join(directory, 'code'),
    clock,
    pace: options.clock,
    account: owner.account,
    readObject: s3.read,
    writeObject: s3.write,
    mayAssume: iam.mayAssume,
  })
  // Clients compare the end of a key with their own clocks.
  const sts = stsService({ clock: Date.now, mayAssume: iam.mayAssume })
  const secrets = secretsManagerService(clock)
  const all = [cloudWatch, logs, s3, lambda, ssmService(clock, secrets.read), secrets, sts, iam]
  const closers = [
    () => cloudWatch.close(),
    () => logs.close(),
    () => delays.release(),
    () => executor.close(),
    () => lambda.close(),
  ]
  return {
    services: all.map(({ service }) => service),
    persistent: all.flatMap<Part>(({ persistent }) => persistent),
    findSession: (accessKey) => functionKeys.find(accessKey) ?? sts.findSession(accessKey),
    status: () => ({ functions: lambda.functions(), environments: executor.environments() }),
    kill: (isMeant) => executor.kill(isMeant),
    async sweep() {
      for (const part of [s3, lambda]) await part.sweep()
    },
    resume: () => lambda.resume(),
    close: () => closeAll(closers),
  }
}

/** Metrics, alarms and logs, which call functions and which faults delay. */
function observe({ clock: pace, faults }: AccountOptions, lambda: Parameters<typeof functionsOf>[0]) {
  const delays = createDelays(faults, pace)
  const functions = functionsOf(lambda)
  const clock = pace.now
  const cloudWatch = cloudWatchService({
    clock,
    pace,
    functions,
    delay: delays.of('late-metrics'),
    isFrozen: (alarm) => faults.strike('freeze-alarms', [alarm]) !== undefined,
  })
  const logs = logsService({
    clock,
    pace,
    metrics: cloudWatch.sink,
    functions,
    delay: delays.of('late-logs'),
  })
  return { cloudWatch, logs, delays }
}
