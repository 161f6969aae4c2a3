import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { onTestFinished } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { type ZipEntry, zipOf } from '../lambda/zip.ts'

/** A whole sandbox, real handlers included, with the SDK's clients. */
export interface RunningSandbox {
  sandbox: Sandbox
  lambda: LambdaClient
  cloudWatch: CloudWatchClient
  logs: CloudWatchLogsClient
}

/** Starts a sandbox that ends with its test. */
export async function runSandbox(stateDirectory?: string): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, accessKey: 'test', stateDirectory })
  const settings = {
    endpoint: sandbox.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  }
  const clients = {
    lambda: new LambdaClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    logs: new CloudWatchLogsClient(settings),
  }
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    await sandbox.close()
  })
  return { sandbox, ...clients }
}

const waiting = { maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.05 }

/** Creates a function and publishes version 1 of it. */
export async function publishFirst(
  { lambda }: RunningSandbox,
  name: string,
  files: readonly ZipEntry[],
  input: Partial<CreateFunctionCommandInput> = {},
): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/app',
      Code: { ZipFile: zipOf([...files]) },
      ...input,
    }),
  )
  await waitUntilFunctionActiveV2({ ...waiting, client: lambda }, { FunctionName: name })
  await publish(lambda, name)
}

/** Publishes the next version with other code. */
export async function publishNext(
  { lambda }: RunningSandbox,
  name: string,
  files: readonly ZipEntry[],
): Promise<void> {
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: zipOf([...files]) }))
  await waitUntilFunctionUpdatedV2({ ...waiting, client: lambda }, { FunctionName: name })
  await publish(lambda, name)
}

async function publish(lambda: LambdaClient, name: string): Promise<void> {
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: name }))
  await waitUntilFunctionActiveV2({ ...waiting, client: lambda }, { FunctionName: name, Qualifier: Version })
}

/** A Node package whose handler runs this expression of `event`. */
export function nodeHandler(expression: string): ZipEntry[] {
  return [{ name: 'index.mjs', content: `export const handler = async (event) => (${expression})\n` }]
}

/** Invokes once and reads the answer. */
export async function invoke(
  { lambda }: RunningSandbox,
  name: string,
  qualifier: string,
  event: object = {},
) {
  const request = { FunctionName: name, Qualifier: qualifier, Payload: JSON.stringify(event) }
  const { Payload, FunctionError, ExecutedVersion } = await lambda.send(new InvokeCommand(request))
  const text = Payload?.transformToString() ?? ''
  return { payload: JSON.parse(text) as unknown, error: FunctionError, version: ExecutedVersion }
}

/** Puts an alarm that fires at one count of a metric within 10 s. */
export async function putAlarm(
  { cloudWatch }: RunningSandbox,
  input: Pick<PutMetricAlarmCommandInput, 'AlarmName' | 'Namespace' | 'MetricName' | 'Dimensions'>,
): Promise<void> {
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      ...input,
      Statistic: 'Sum',
      Period: 10,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    }),
  )
}

/** All alarms as `NAME STATE`. */
export async function alarmStates({ cloudWatch }: RunningSandbox): Promise<string[]> {
  const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({}))
  return MetricAlarms.map(({ AlarmName, StateValue }) => `${AlarmName} ${StateValue}`)
}
