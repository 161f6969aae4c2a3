import { readFile } from 'node:fs/promises'
import * as lambda from '@aws-sdk/client-lambda'
import type { Executor } from '../execution/executor.ts'
import { type Operations, operationSchemas, type Service } from '../protocol/service.ts'
import { noSuchBucket } from '../s3/errors.ts'
import type { ReadObject } from '../s3/service.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'
import { aliasOperations } from './aliases.ts'
import { createAsyncInvocations } from './async-invocations.ts'
import { createCodeStore } from './code-store.ts'
import { concurrencyOperations } from './concurrency.ts'
import type { LambdaContext } from './context.ts'
import { createFunction } from './create-function.ts'
import { deleteFunction } from './delete-function.ts'
import { createDownloads } from './downloads.ts'
import { eventInvokeOperations } from './event-invoke-configs.ts'
import { functionControlOperations } from './function-controls.ts'
import { functionReadOperations } from './function-reads.ts'
import { functionRecords } from './function-records.ts'
import { createFunctionStore, type FunctionRecord } from './functions.ts'
import { invoke, runEvent } from './invoke.ts'
import { policyOperations } from './policy.ts'
import { provisionedOperations } from './provisioned.ts'
import { runtimeManagementOperations } from './runtime-management.ts'
import { tagOperations } from './tags.ts'
import { createTimers } from './timers.ts'
import { triggerOperations } from './triggers.ts'
import { updateFunctionCode, updateFunctionConfiguration } from './update-function.ts'
import { urlOperations } from './url-configs.ts'
import { versionOperations } from './versions.ts'

export interface LambdaDependencies {
  executor: Executor
  /** Where packages are unpacked; kept with the state where that is kept. */
  codeDirectory: string
  /** Milliseconds since the epoch. */
  clock: () => number
  /** The 12 digits of the account. */
  account: string
  /** Reads packages out of S3; without it no bucket exists. */
  readObject?: ReadObject
  /** How long a creation or an update takes, in milliseconds; 150 unless given. */
  updateDelayMs?: number
  /** Delays before the retries of an event that failed, in milliseconds; Lambda's 1 and 2 minutes as 1 and 2 s. */
  retryDelaysMs?: readonly number[]
  /** Uniform in [0, 1); Math.random unless given. */
  random?: () => number
}

/** The emulated Lambda API. The executor stays its owner's to close. */
export function lambdaService(deps: LambdaDependencies): {
  service: Service
  persistent: Persistent[]
  /** Drops packages that no function has, once the records are back. */
  sweep(): Promise<void>
  /** In the order of Region and name. */
  functions(): { region: string; name: string }[]
  /** Once the sandbox can be reached: warms provisioned environments, and runs the events that are not done. */
  resume(): void
  close(): Promise<void>
} {
  const context: LambdaContext = {
    updateDelayMs: 150,
    retryDelaysMs: [1000, 2000],
    random: Math.random,
    readObject: async ({ Bucket }) => {
      throw noSuchBucket(Bucket)
    },
    ...deps,
    store: createFunctionStore(),
    code: createCodeStore(deps.codeDirectory),
    downloads: createDownloads(deps.clock),
    timers: createTimers(),
    events: new KeptMap('event'),
    accept: (event) => asynchronous.accept(event),
  }
  const asynchronous = createAsyncInvocations(context, (event) => runEvent(context, event))
  const functions = functionRecords(context)
  return {
    service: {
      signingName: 'lambda',
      protocol: { kind: 'restJson1' },
      schemas: operationSchemas(lambda),
      operations: operations(context),
      async download(path, query) {
        const digest = context.downloads.open(path, query)
        return digest === undefined ? undefined : readFile(context.code.zip(digest))
      },
    },
    persistent: [functions, context.events],
    sweep: () => context.code.sweep(new Set(context.store.all().flatMap(digestsOf))),
    functions: () =>
      context.store
        .all()
        .map(({ region, name }) => ({ region, name }))
        .toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)),
    resume() {
      functions.resume()
      asynchronous.resume()
    },
    close: async () => context.timers.clear(),
  }
}

function keyOf({ region, name }: Pick<FunctionRecord, 'region' | 'name'>): string {
  return `${region}/${name}`
}

function digestsOf({ latest, before, versions }: FunctionRecord): string[] {
  return [latest, before ?? latest, ...versions.values()].map(({ code }) => code.digest)
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
    ...triggerOperations(context),
    ...eventInvokeOperations(context),
    ...urlOperations(context),
    ...functionControlOperations(context),
    ...runtimeManagementOperations(context),
    CreateFunction: (input: lambda.CreateFunctionRequest, call) => createFunction(context, input, call),
    UpdateFunctionCode: (input: lambda.UpdateFunctionCodeRequest, call) =>
      updateFunctionCode(context, input, call),
    UpdateFunctionConfiguration: (input: lambda.UpdateFunctionConfigurationRequest, call) =>
      updateFunctionConfiguration(context, input, call),
    DeleteFunction: (input: lambda.DeleteFunctionRequest, call) => deleteFunction(context, input, call),
    Invoke: (input: lambda.InvocationRequest, call) => invoke(context, input, call),
  }
}
