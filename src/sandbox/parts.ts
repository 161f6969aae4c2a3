import path from 'node:path'
import { apiGatewayService } from './apigateway/service.ts'
import { autoScalingService } from './autoscaling/service.ts'
import { clockText, type SandboxClock } from './clock.ts'
import { closeAll } from './closers.ts'
import { type CloudWatch, cloudWatchService } from './cloudwatch/service.ts'
import { createDelivery } from './delivery/deliver.ts'
import type { Feeds } from './delivery/feed.ts'
import type { Delivery } from './delivery/parcel.ts'
import { functionTarget, queueTarget } from './delivery/targets.ts'
import { dynamoDbService } from './dynamodb/service.ts'
import { eventsService } from './events/service.ts'
import { createExecutor } from './execution/create-executor.ts'
import type { Executor } from './execution/model/executor.ts'
import type { RuntimeSdkFolders } from './execution/runtime/child-environment.ts'
import type { Delays } from './faults/delays.ts'
import type { Faults } from './faults/faults.ts'
import type { Owner } from './front/caller.ts'
import { functionsOf, type JsonFunctions } from './functions.ts'
import { iamService } from './iam/service.ts'
import { kinesisService } from './kinesis/service.ts'
import { lambdaService } from './lambda/service.ts'
import { type Logs, logsService } from './logs/service.ts'
import type { Service } from './protocol/service.ts'
import { s3Service } from './s3/service.ts'
import { secretsManagerService } from './secretsmanager/service.ts'
import { snsService } from './sns/service.ts'
import { sqsService } from './sqs/service.ts'
import { ssmService } from './ssm/service.ts'
import type { Part } from './state/persistent.ts'
import { statesService } from './stepfunctions/service.ts'
import { streamsOf } from './streams/stream-reader.ts'
import type { FunctionKeys } from './sts/function-keys.ts'
import { stsService } from './sts/service.ts'
import type { LogSink, MetricSink } from './telemetry.ts'

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
  runtimeSdks: RuntimeSdkFolders | undefined
  /** How long a day of S3's lifecycle rules is, in milliseconds of the clock; undefined: 24 hours. */
  lifecycleDayMs?: number | undefined
}

/** A service with all that it holds. */
export interface Holder {
  service: Service
  persistent: Part[]
  /** Sends single events through the sources that it has. */
  feeds?: Feeds
  close?(): Promise<void> | void
  /** Removes files that no record names, after the records are restored. */
  sweep?(): Promise<void>
}

/** The services of an account, by the names that faults have for them. */
export interface Parts {
  cloudwatch: CloudWatch & Holder
  logs: Logs & Holder
  s3: ReturnType<typeof s3Service>
  sqs: ReturnType<typeof sqsService>
  sns: ReturnType<typeof snsService>
  events: ReturnType<typeof eventsService>
  kinesis: ReturnType<typeof kinesisService>
  lambda: ReturnType<typeof lambdaService> & { executor: Executor }
  ssm: Holder
  secretsmanager: ReturnType<typeof secretsManagerService>
  sts: ReturnType<typeof stsService>
  iam: ReturnType<typeof iamService>
  autoscaling: Holder
  stepfunctions: ReturnType<typeof statesService>
  apigateway: Holder
  dynamodb: ReturnType<typeof dynamoDbService>
}

export type PartName = keyof Parts

/** A part comes after those that it needs to its end: handlers write their last lines. */
export const partNames: readonly PartName[] = [
  'cloudwatch',
  'logs',
  's3',
  'sqs',
  'sns',
  'events',
  'kinesis',
  'ssm',
  'secretsmanager',
  'sts',
  'iam',
  'autoscaling',
  'stepfunctions',
  'apigateway',
  'dynamodb',
  'lambda',
]

/** The folder with the files of a service, within that of the account. */
export const folderOf: Partial<Record<PartName, string>> = { s3: 'objects', lambda: 'code' }

/** The things that the parts share. They find each other by `parts`, since each may be replaced by an empty one. */
interface Shared {
  delays: Delays
  functionKeys: FunctionKeys
  parts: () => Parts
}

/** Makes each service, empty. */
export function partMakers(
  options: AccountOptions,
  { delays, functionKeys, parts }: Shared,
): { [Name in PartName]: () => Parts[Name] } {
  const { faults, directory, afterCommit, lifecycleDayMs, clock: pace } = options
  const { now: clock } = pace
  const functions = functionsOf(() => parts().lambda.service.operations)
  const delivery = deliveryTo(functions, parts)
  const { metrics, logs } = sinksOf(parts)
  const isFrozen = (alarm: string) => faults.strike('freeze-alarms', [alarm]) !== undefined
  const folder = (name: PartName) => path.join(directory, folderOf[name] ?? '')
  return {
    cloudwatch() {
      const delay = delays.of('late-metrics')
      const made = cloudWatchService({ clock, pace, functions, delay, isFrozen })
      return { ...made, close: () => closeAll([() => made.close(), () => delays.release('late-metrics')]) }
    },
    logs() {
      const made = logsService({ clock, pace, metrics, functions, delay: delays.of('late-logs') })
      return { ...made, close: () => closeAll([() => made.close(), () => delays.release('late-logs')]) }
    },
    s3: () =>
      s3Service({
        directory: folder('s3'),
        clock,
        pace,
        account: options.owner.account,
        destinations: { delivery, functions },
        ...(afterCommit && { afterCommit }),
        ...(lifecycleDayMs !== undefined && { lifecycleDayMs }),
      }),
    sqs: () => sqsService({ clock, pace, metrics }),
    sns: () => snsService({ clock, pace, metrics, delivery }),
    events: () => eventsService({ clock, pace, metrics, delivery }),
    kinesis: () => kinesisService({ clock, pace, metrics }),
    ssm: () => ssmService(clock, (...asked) => parts().secretsmanager.read(...asked)),
    secretsmanager: () => secretsManagerService(clock),
    // Clients compare the end of a key with their own clocks.
    sts: () => stsService({ clock: Date.now, mayAssume: (...asked) => parts().iam.mayAssume(...asked) }),
    iam: () => iamService(clock),
    dynamodb: () => dynamoDbService({ clock, pace }),
    stepfunctions: () =>
      statesService({
        clock,
        realMs: pace.realMs,
        lambda: () => parts().lambda.service.operations,
        mayAssume: (...asked) => parts().iam.mayAssume(...asked),
      }),
    autoscaling: () =>
      autoScalingService({
        clock,
        pace,
        lambda: () => parts().lambda.service.operations,
        cloudWatch: () => parts().cloudwatch.service.operations,
      }),
    apigateway: () => apiGatewayService({ functions, metrics, clock, pace, account: options.owner.account }),
    lambda: () =>
      openLambda(options, { functionKeys, parts, metrics, logs, delivery, codeDirectory: folder('lambda') }),
  }
}

function sinksOf(parts: () => Parts): { metrics: MetricSink; logs: LogSink } {
  return {
    metrics: { record: (region, data) => parts().cloudwatch.sink.record(region, data) },
    logs: { write: (...lines) => parts().logs.sink.write(...lines) },
  }
}

/** Sources hand things to each other only by this. */
function deliveryTo(functions: JsonFunctions, parts: () => Parts): Delivery {
  return createDelivery({
    lambda: functionTarget(functions),
    sqs: queueTarget({ send: (...asked) => parts().sqs.reader.send(...asked) }),
    sns: (...asked) => parts().sns.target(...asked),
    events: (...asked) => parts().events.target(...asked),
    states: (...asked) => parts().stepfunctions.target(...asked),
  })
}

interface LambdasOwn extends Omit<Shared, 'delays'> {
  metrics: MetricSink
  logs: LogSink
  delivery: Delivery
  codeDirectory: string
}

/** Lambda with its handlers. */
function openLambda(
  { owner, faults, clock: pace, endpoint, runtimeSdks }: AccountOptions,
  { functionKeys, parts, metrics, logs, delivery, codeDirectory }: LambdasOwn,
): Parts['lambda'] {
  const { now: clock } = pace
  const executor = createExecutor({
    metrics,
    logs,
    clock,
    access: { keys: functionKeys, endpoint, clock: () => clockText(pace), runtimeSdks },
    strikes: (kind, names) => faults.strike(kind, names) !== undefined,
  })
  const lambda = lambdaService({
    executor,
    metrics,
    codeDirectory,
    clock,
    pace,
    account: owner.account,
    queues: {
      find: (arn) => parts().sqs.reader.find(arn),
      hasAny: (region) => parts().sqs.reader.hasAny(region),
      receive: (...asked) => parts().sqs.reader.receive(...asked),
      delete: (...asked) => parts().sqs.reader.delete(...asked),
      untilMessage: (...asked) => parts().sqs.reader.untilMessage(...asked),
      send: (...asked) => parts().sqs.reader.send(...asked),
    },
    delivery,
    streams: {
      kinesis: streamsOf(() => parts().kinesis.reader),
      dynamodb: streamsOf(() => parts().dynamodb.reader),
    },
    readObject: (...asked) => parts().s3.read(...asked),
    writeObject: (...asked) => parts().s3.write(...asked),
    mayAssume: (...asked) => parts().iam.mayAssume(...asked),
  })
  return { ...lambda, executor, close: () => closeAll([() => executor.close(), () => lambda.close()]) }
}
