import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'

let directory: string
const started: Sandbox[] = []
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'start-'))
})
afterEach(async () => {
  for (const sandbox of started.splice(0)) await sandbox.close()
  await rm(directory, { recursive: true })
})

async function start(options: Partial<Parameters<typeof startSandbox>[0]> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, accessKey: 'test', ...options })
  started.push(sandbox)
  return sandbox
}

const settings = ({ url }: Sandbox) => ({
  endpoint: url,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
})

async function groupNames(sandbox: Sandbox) {
  const { logGroups } = await new CloudWatchLogsClient(settings(sandbox)).send(
    new DescribeLogGroupsCommand({}),
  )
  return logGroups?.map(({ logGroupName }) => logGroupName)
}

const createGroup = (sandbox: Sandbox) =>
  new CloudWatchLogsClient(settings(sandbox)).send(new CreateLogGroupCommand({ logGroupName: '/kept' }))

/** Three log events of one moment in two streams, a metric of 1, 2 and 3, and a composite alarm. */
async function fill(sandbox: Sandbox): Promise<void> {
  const logs = new CloudWatchLogsClient(settings(sandbox))
  await createGroup(sandbox)
  const timestamp = Date.now()
  for (const logStreamName of ['a', 'b']) {
    await logs.send(new CreateLogStreamCommand({ logGroupName: '/kept', logStreamName }))
  }
  for (const [logStreamName, message] of [
    ['a', 'one'],
    ['b', 'two'],
    ['a', 'three'],
  ]) {
    const logEvents = [{ timestamp, message }]
    await logs.send(new PutLogEventsCommand({ logGroupName: '/kept', logStreamName, logEvents }))
  }
  const cloudWatch = new CloudWatchClient(settings(sandbox))
  const MetricData = [{ MetricName: 'Queue', Values: [1, 2, 3] }]
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
  await cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'always', AlarmRule: 'NOT FALSE' }))
}

async function readAll(sandbox: Sandbox) {
  const cloudWatch = new CloudWatchClient(settings(sandbox))
  const filter = new FilterLogEventsCommand({ logGroupName: '/kept' })
  const { events } = await new CloudWatchLogsClient(settings(sandbox)).send(filter)
  const Metric = { Namespace: 'Shop', MetricName: 'Queue' }
  const figures = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 3_600_000),
      MetricDataQueries: [{ Id: 'm', MetricStat: { Metric, Period: 86_400, Stat: 'p50' } }],
    }),
  )
  const alarms = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }))
  return {
    events,
    figures: figures.MetricDataResults,
    alarms: alarms.CompositeAlarms?.map(({ AlarmName, AlarmRule }) => ({ AlarmName, AlarmRule })),
  }
}

describe('a sandbox', () => {
  test('serves Lambda, CloudWatch, Logs and STS at one address, as the account it is told', async () => {
    const sandbox = await start({ account: '123456789012' })
    expect(sandbox.url).toBe(`http://127.0.0.1:${sandbox.port}`)
    const identity = await new STSClient(settings(sandbox)).send(new GetCallerIdentityCommand({}))
    expect(identity.Account).toBe('123456789012')
    const functions = await new LambdaClient(settings(sandbox)).send(new ListFunctionsCommand({}))
    expect(functions.Functions).toEqual([])
    const alarms = await new CloudWatchClient(settings(sandbox)).send(new DescribeAlarmsCommand({}))
    expect(alarms.MetricAlarms).toEqual([])
    expect(await groupNames(sandbox)).toEqual([])
  })

  test('says that its port is taken, and what to do', async () => {
    const first = await start()
    await expect(start({ port: first.port, stateDirectory: directory })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `Port ${first.port} of 127.0.0.1 is in use by another program.`,
    })
    expect(await readdir(directory)).not.toContain('lock')
  })

  test('can be closed twice, and then answers no more', async () => {
    const sandbox = await start()
    await Promise.all([sandbox.close(), sandbox.close()])
    await expect(fetch(sandbox.url)).rejects.toThrow('fetch failed')
  })
})

describe('with a state folder', () => {
  test('a sandbox goes on where the one before stopped', async () => {
    const before = await start({ stateDirectory: directory })
    await createGroup(before)
    await new CloudWatchClient(settings(before)).send(
      new PutMetricAlarmCommand({
        AlarmName: 'errors',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
    await before.close()
    expect((await readdir(directory)).toSorted()).toEqual(['lock.db', 'state.db'])
    const after = await start({ stateDirectory: directory })
    expect(await groupNames(after)).toEqual(['/kept'])
    const { MetricAlarms } = await new CloudWatchClient(settings(after)).send(new DescribeAlarmsCommand({}))
    expect(MetricAlarms).toMatchObject([{ AlarmName: 'errors', Threshold: 1 }])
  })

  test('log events keep their ids, metrics their figures and composite alarms their rules', async () => {
    const before = await start({ stateDirectory: directory })
    await fill(before)
    const answers = await readAll(before)
    await before.close()
    const after = await start({ stateDirectory: directory })
    expect(await readAll(after)).toEqual(answers)
    expect(answers).toMatchObject({
      events: [{ message: 'one' }, { message: 'two' }, { message: 'three' }],
      figures: [{ Values: [2] }],
      alarms: [{ AlarmName: 'always' }],
    })
  })

  test('two sandboxes do not share it', async () => {
    await start({ stateDirectory: directory })
    await expect(start({ stateDirectory: directory })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('a damaged database stops the start and frees the folder again', async () => {
    await writeFile(path.join(directory, 'state.db'), 'no database'.repeat(100))
    await expect(start({ stateDirectory: directory })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    expect((await readdir(directory)).toSorted()).toEqual(['lock.db', 'state.db'])
  })
})

test('without a state folder nothing is kept', async () => {
  const before = await start()
  await createGroup(before)
  await before.close()
  expect(await groupNames(await start())).toEqual([])
})

test('without a state folder no file is left', async () => {
  vi.stubEnv('TMPDIR', directory)
  const sandbox = await start()
  expect(await readdir(directory)).not.toEqual([])
  await sandbox.close()
  vi.unstubAllEnvs()
  expect(await readdir(directory)).toEqual([])
})
