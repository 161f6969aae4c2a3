import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { functionInput, settled } from '../lambda/sandbox.ts'
import { handlerZip } from '../lambda/zip.ts'
import { clientSettings } from '../serve.ts'

const here = 'us-east-1'
const elsewhere = 'eu-west-1'

let directory: string
let sandbox: Sandbox
const start = () => startSandbox({ port: 0, accessKey: 'test', stateDirectory: directory })
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdactl-regions-'))
  sandbox = await start()
})
afterEach(async () => {
  await sandbox.close()
  await rm(directory, { recursive: true })
})

/** Makes a function in a Region and invokes it. */
async function runFunction(region: string): Promise<void> {
  const lambda = new LambdaClient(clientSettings(sandbox.url, region))
  await lambda.send(new CreateFunctionCommand(functionInput('shop', { Code: { ZipFile: handlerZip() } })))
  await settled(lambda, 'shop')
  await lambda.send(new InvokeCommand({ FunctionName: 'shop' }))
  lambda.destroy()
}

/** The log groups, lines, metrics and invocations of the function in a Region. */
async function seenIn(region: string) {
  const logs = new CloudWatchLogsClient(clientSettings(sandbox.url, region))
  const cloudWatch = new CloudWatchClient(clientSettings(sandbox.url, region))
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}))
  const lines = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/shop' })).then(
    ({ events = [] }) => events.length > 0,
    (error: Error) => error.name,
  )
  const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ MetricName: 'Invocations' }))
  const { Datapoints = [] } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
      StartTime: new Date(Date.now() - 600_000),
      EndTime: new Date(Date.now() + 60_000),
      Period: 3600,
      Statistics: ['Sum'],
    }),
  )
  logs.destroy()
  cloudWatch.destroy()
  const sum = Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0)
  return { groups: logGroups.map(({ arn }) => arn), lines, hasMetrics: Metrics.length > 0, sum }
}

test('logs and metrics are those of the Region of their function, also after a restart', async () => {
  await runFunction(here)
  const ofHere = {
    groups: [`arn:aws:logs:${here}:000000000000:log-group:/aws/lambda/shop:*`],
    lines: true,
    hasMetrics: true,
    sum: 1,
  }
  const nothing = { groups: [], lines: 'ResourceNotFoundException', hasMetrics: false, sum: 0 }
  expect(await seenIn(here)).toEqual(ofHere)
  expect(await seenIn(elsewhere)).toEqual(nothing)
  await sandbox.close()
  sandbox = await start()
  expect(await seenIn(here)).toEqual(ofHere)
  expect(await seenIn(elsewhere)).toEqual(nothing)
})

test('alarms of one name are one in each Region, and look at the metrics of theirs', async () => {
  const definition: PutMetricAlarmCommandInput = {
    AlarmName: 'busy',
    Namespace: 'AWS/Lambda',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'FunctionName', Value: 'shop' }],
    Statistic: 'Sum',
    Period: 10,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  }
  const clients = [here, elsewhere].map((region) => new CloudWatchClient(clientSettings(sandbox.url, region)))
  for (const client of clients) await client.send(new PutMetricAlarmCommand(definition))
  const states = () =>
    Promise.all(
      clients.map(async (client) => {
        const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}))
        return MetricAlarms.map(({ AlarmArn = '', StateValue }) => [AlarmArn.split(':')[3], StateValue])
      }),
    )
  await expect.poll(states, { timeout: 10_000 }).toEqual([[[here, 'OK']], [[elsewhere, 'OK']]])
  await runFunction(here)
  await expect.poll(states, { timeout: 10_000 }).toEqual([[[here, 'ALARM']], [[elsewhere, 'OK']]])
  const [, other] = clients
  const history = await other?.send(
    new DescribeAlarmHistoryCommand({ AlarmName: 'busy', HistoryItemType: 'StateUpdate' }),
  )
  expect(history?.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toEqual([
    'Alarm updated from INSUFFICIENT_DATA to OK',
  ])
  const set = { AlarmName: 'busy', StateValue: 'ALARM', StateReason: 'set by a test' } as const
  await other?.send(new SetAlarmStateCommand(set))
  expect((await states())[1]).toEqual([[elsewhere, 'ALARM']])
  for (const client of clients) client.destroy()
})

test('a log group of one name is made in each Region', async () => {
  for (const region of [here, elsewhere]) {
    const logs = new CloudWatchLogsClient(clientSettings(sandbox.url, region))
    await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))
    logs.destroy()
  }
  expect((await seenIn(here)).groups).toEqual([`arn:aws:logs:${here}:000000000000:log-group:/shop:*`])
})
