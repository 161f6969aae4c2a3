import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished } from 'vitest'
import { type LambdaDependencies, lambdaService } from '../../../src/sandbox/lambda/service.ts'
import { clientSettings, serve } from '../serve.ts'
import { followRows, type Rows } from '../state/rows.ts'
import { type StandInExecutor, standInExecutor } from './stand-in-executor.ts'
import { handlerZip } from './zip.ts'

export const account = '000000000000'
export const region = 'eu-west-1'
const role = `arn:aws:iam::${account}:role/app`
export const arnOf = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`

export interface TestSandbox {
  client: LambdaClient
  endpoint: string
  executor: StandInExecutor
  codeDirectory: string
  lambda: ReturnType<typeof lambdaService>
  /** The rows that would be on disk. */
  rows: Rows
}

/** Starts the Lambda API on a free port; all of it is gone when the test is over. */
export async function startLambda(overrides: Partial<LambdaDependencies> = {}): Promise<TestSandbox> {
  const executor = standInExecutor()
  const codeDirectory = await mkdtemp(join(tmpdir(), 'lambdactl-lambda-'))
  const lambda = lambdaService({
    executor,
    codeDirectory,
    clock: Date.now,
    account,
    updateDelayMs: 5,
    retryDelaysMs: [1, 1],
    ...overrides,
  })
  const rows = followRows(lambda.persistent)
  const server = await serve([lambda.service], account)
  const { endpoint } = server
  const client = clientOf(endpoint, region)
  onTestFinished(async () => {
    client.destroy()
    await server.close()
    await lambda.close()
    await rm(codeDirectory, { recursive: true, force: true })
  })
  return { client, endpoint, executor, codeDirectory, lambda, rows }
}

/** A client as a program has it. */
export function clientOf(endpoint: string, inRegion: string): LambdaClient {
  return new LambdaClient(clientSettings(endpoint, inRegion))
}

/** The input of CreateFunction; a test overrides parts of it. */
export function functionInput(
  name: string,
  overrides: Partial<CreateFunctionCommandInput> = {},
): CreateFunctionCommandInput {
  return {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: handlerZip() },
    ...overrides,
  }
}

/** Creates a function and waits until it is Active. */
export async function createActive(
  client: LambdaClient,
  name: string,
  overrides: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await client.send(new CreateFunctionCommand(functionInput(name, overrides)))
  await settled(client, name)
}

const waiting = { maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.01 }

/** Waits until `$LATEST` is Active and its last update Successful. */
export async function settled(client: LambdaClient, name: string): Promise<void> {
  await waitUntilFunctionActiveV2({ ...waiting, client }, { FunctionName: name })
  await waitUntilFunctionUpdatedV2({ ...waiting, client }, { FunctionName: name })
}

/** Publishes `count` versions, each with its own package, and waits until each is Active. */
export async function publishVersions(client: LambdaClient, name: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const zip = handlerZip(`${name} ${index}`)
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: zip }))
    await settled(client, name)
    const { Version } = await client.send(new PublishVersionCommand({ FunctionName: name }))
    await waitUntilFunctionActiveV2({ ...waiting, client }, { FunctionName: name, Qualifier: Version })
  }
}

/** `$LATEST`'s revision id. */
export async function revisionOf(client: LambdaClient, name: string, qualifier?: string): Promise<string> {
  const { RevisionId } = await client.send(
    new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier }),
  )
  return RevisionId ?? ''
}

/** The shape of an error answer with this code, status and message, for `rejects.toMatchObject`. */
export function fault(code: string, status: number, message: string | RegExp): object {
  const said: unknown = typeof message === 'string' ? message : expect.stringMatching(message)
  return { name: code, message: said, $metadata: { httpStatusCode: status } }
}
