import { readFile } from 'node:fs/promises'
import * as lambda from '@aws-sdk/client-lambda'
import type { Pace } from '../clock.ts'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/lambda.json' with { type: 'json' }
import { createDelivery } from '../delivery/deliver.ts'
import type { Feeds } from '../delivery/feed.ts'
import type { Delivery } from '../delivery/parcel.ts'
import { functionTarget, queueTarget } from '../delivery/targets.ts'
import type { Executor } from '../execution/model/executor.ts'
import { functionsOf } from '../functions.ts'
import type { MayAssume } from '../iam/policy/principal.ts'
import { errorsWithMessage, type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { ReadObject, WriteObject } from '../s3/service.ts'
import { noSuchBucket } from '../s3/storage/errors.ts'
import { noQueues, type QueueReader } from '../sqs/reader.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import type { StreamReaders } from '../streams/stream-reader.ts'
import type { MetricSink } from '../telemetry.ts'
import { policyOperations } from './access/policy.ts'
import { urlOperations } from './access/url-configs.ts'
import { aliasOperations } from './aliases/aliases.ts'
import { createCodeStore } from './code/code-store.ts'
import { createDownloads } from './code/downloads.ts'
import { concurrencyOperations } from './concurrency/concurrency.ts'
import { provisionedOperations } from './concurrency/provisioned.ts'
import { eventInvokeOperations } from './controls/event-invoke-configs.ts'
import { functionControlOperations } from './controls/function-controls.ts'
import { runtimeManagementOperations } from './controls/runtime-management.ts'
import { createFunction } from './functions/create-function.ts'
import { deleteFunction } from './functions/delete-function.ts'
import { functionReadOperations } from './functions/function-reads.ts'
import { functionRecords } from './functions/function-records.ts'
import { tagOperations } from './functions/tags.ts'
import { updateFunctionCode, updateFunctionConfiguration } from './functions/update-function.ts'
import { versionOperations } from './functions/versions.ts'
import { createAsyncInvocations } from './invocation/async-invocations.ts'
import { durableExecutionOperations } from './invocation/durable-executions.ts'
import { invoke, invokeAsync, runEvent } from './invocation/invoke.ts'
import { invokeStreaming } from './invocation/invoke-streaming.ts'
import { layerPermissionOperations } from './layers/layer-permissions.ts'
import { layerOperations } from './layers/layers.ts'
import { mappedFeeds } from './mappings/mapped-feeds.ts'
import { mappingOperations, settleMappings } from './mappings/mappings.ts'
import { createPollers } from './polling/pollers.ts'
import { CheckpointStore } from './records/checkpoints.ts'
import type { LambdaContext } from './records/context.ts'
import { type LayerRecord, LayerStore } from './records/layers.ts'
import { MappingStore } from './records/mappings.ts'
import { createFunctionStore, type FunctionRecord } from './records/records.ts'
import { createTimers } from './records/timers.ts'
import { functionUrls } from './urls/serve-urls.ts'

export interface LambdaDependencies {
  executor: Executor
  /** The folder for unpacked packages; part of the state folder if there is one. */
  codeDirectory: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** The 12 digits of the account. */
  account: string
  /** Gets the metrics of asynchronous invocations; default: none. */
  metrics?: MetricSink
  /** Reads packages from S3; without it no bucket exists. */
  readObject?: ReadObject
  /** Writes records of failed events to S3; without it no bucket exists. */
  writeObject?: WriteObject
  /** The queues of event source mappings; without it there are none. */
  queues?: QueueReader
  /** The streams of event source mappings; without them there are none. */
  streams?: StreamReaders
  /** Takes records and dead letters of invocations; default: to `queues` and to these functions only. */
  delivery?: Delivery
  /** Tells whether Lambda may assume a role; default: any. */
  mayAssume?: MayAssume
  /** The duration of a creation or an update, in milliseconds; default: 75. */
  updateDelayMs?: number
  /** Delays before the retries of a failed event, in milliseconds; default: 1 and 2 s, for Lambda's 1 and 2 minutes. */
  retryDelaysMs?: readonly number[]
  /** Uniform in [0, 1); default: Math.random. */
  random?: () => number
}

/** The emulated Lambda API. The caller closes the executor. */
export function lambdaService(deps: LambdaDependencies): {
  service: Service
  persistent: Persistent[]
  /** By the sources that mappings read. */
  feeds: Feeds
  /** Removes packages that no function has, after the records are restored. */
  sweep(): Promise<void>
  /** In the order of Region and name. */
  functions(): { region: string; name: string; versions: number }[]
  /** Call this once the sandbox can be reached: warms provisioned environments, and runs the unfinished events. */
  resume(): void
  close(): Promise<void>
} {
  const api: Operations = {}
  const context = createContext(deps, {
    delivery: deps.delivery ?? ownDelivery(() => api, deps.queues),
    accept: (event) => asynchronous.accept(event),
    poll: (uuid) => pollers.follow(uuid),
  })
  const pollers = createPollers(context)
  const asynchronous = createAsyncInvocations(context, (event) => runEvent(context, event))
  const functions = functionRecords(context)
  Object.assign(api, operations(context))
  return {
    service: {
      signingName: 'lambda',
      protocol: { kind: 'restJson1', capitalised: errorsWithMessage(lambda).add('AccessDeniedException') },
      schemas: operationSchemas(lambda),
      operations: checked(api, constraints, invalid),
      site: functionUrls(context),
      async download(path, query) {
        const digest = context.downloads.open(path, query)
        return digest === undefined ? undefined : readFile(context.code.zip(digest))
      },
    },
    feeds: mappedFeeds(context),
    persistent: [functions, context.layers, context.mappings, context.checkpoints, context.events],
    sweep: () =>
      context.code.sweep(
        new Set([
          ...context.store.all().flatMap(foldersOf),
          ...[...context.layers.values()].flatMap(layerFolders),
        ]),
      ),
    functions: () =>
      context.store
        .all()
        .map(({ region, name, versions }) => ({ region, name, versions: versions.size }))
        .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)),
    resume() {
      functions.resume()
      settleMappings(context)
      asynchronous.resume()
    },
    async close() {
      pollers.close()
      context.timers.clear()
    },
  }
}

function createContext(
  deps: LambdaDependencies,
  later: Pick<LambdaContext, 'accept' | 'poll' | 'delivery'>,
): LambdaContext {
  return {
    updateDelayMs: 75,
    retryDelaysMs: [1000, 2000],
    random: Math.random,
    mayAssume: () => true,
    metrics: { record: () => undefined },
    readObject: noBucket,
    writeObject: noBucket,
    queues: noQueues,
    streams: {},
    ...deps,
    store: createFunctionStore(),
    layers: new LayerStore(),
    mappings: new MappingStore(),
    checkpoints: new CheckpointStore(),
    code: createCodeStore(deps.codeDirectory),
    downloads: createDownloads(Date.now),
    timers: createTimers(deps.pace),
    events: new KeptMap('event'),
    ...later,
  }
}

/** Delivery for a Lambda that stands alone. */
function ownDelivery(api: () => Operations, queues = noQueues): Delivery {
  return createDelivery({ lambda: functionTarget(functionsOf(api)), sqs: queueTarget(queues) })
}

async function noBucket({ Bucket }: { Bucket: string }): Promise<never> {
  throw noSuchBucket(Bucket)
}

function keyOf({ region, name }: Pick<FunctionRecord, 'region' | 'name'>): string {
  return `${region}/${name}`
}

function foldersOf({ latest, before, versions }: FunctionRecord): string[] {
  return [latest, before ?? latest, ...versions.values()].flatMap(({ code, layers }) => [
    code.digest,
    ...(layers ? [layers.folder, ...layers.parts.map((part) => part.code.digest)] : []),
  ])
}

function layerFolders({ versions }: LayerRecord): string[] {
  return versions.map(({ code }) => code.digest)
}

/** 400: an input breaks the model. */
function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

function operations(context: LambdaContext): Operations {
  return {
    ...functionReadOperations(context),
    ...versionOperations(context),
    ...aliasOperations(context),
    ...policyOperations(context),
    ...concurrencyOperations(context),
    ...provisionedOperations(context),
    ...tagOperations(context),
    ...eventInvokeOperations(context),
    ...urlOperations(context),
    ...functionControlOperations(context),
    ...runtimeManagementOperations(context),
    ...layerOperations(context),
    ...layerPermissionOperations(context),
    ...mappingOperations(context),
    ...durableExecutionOperations(context),
    CreateFunction: (input: lambda.CreateFunctionRequest, call) => createFunction(context, input, call),
    UpdateFunctionCode: (input: lambda.UpdateFunctionCodeRequest, call) =>
      updateFunctionCode(context, input, call),
    UpdateFunctionConfiguration: (input: lambda.UpdateFunctionConfigurationRequest, call) =>
      updateFunctionConfiguration(context, input, call),
    DeleteFunction: (input: lambda.DeleteFunctionRequest, call) => deleteFunction(context, input, call),
    Invoke: (input: lambda.InvocationRequest, call) => invoke(context, input, call),
    InvokeAsync: (input: Parameters<typeof invokeAsync>[1], call) => invokeAsync(context, input, call),
    InvokeWithResponseStream: (input: lambda.InvokeWithResponseStreamRequest, call) =>
      invokeStreaming(context, input, call),
  }
}
