import { lstat, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
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
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { handlerZip } from '../lambda/zip.ts'

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

/** The group, and its streams. */
async function logFigures(sandbox: Sandbox): Promise<unknown[]> {
  const logs = new CloudWatchLogsClient(settings(sandbox))
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}))
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/kept' }))
  return [...logGroups, ...logStreams]
}

/** A package and an object. */
async function fillFiles(sandbox: Sandbox): Promise<void> {
  const FunctionName = 'shop'
  const Code = { ZipFile: handlerZip() }
  const Role = 'arn:aws:iam::000000000000:role/app'
  const create = { FunctionName, Runtime: 'nodejs24.x' as const, Handler: 'index.handler', Role, Code }
  await new LambdaClient(settings(sandbox)).send(new CreateFunctionCommand(create))
  const s3 = new S3Client({ ...settings(sandbox), forcePathStyle: true })
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const }
  await s3.send(new CreateBucketCommand({ Bucket: 'kept', CreateBucketConfiguration }))
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'object', Body: 'content' }))
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

  test('log groups and streams keep their figures, and a group of the same name begins empty', async () => {
    const before = await start({ stateDirectory: directory })
    await fill(before)
    const figures = await logFigures(before)
    expect(figures).toMatchObject([
      { storedBytes: 89 },
      { firstEventTimestamp: expect.any(Number) as number },
      {},
    ])
    await before.close()
    const after = await start({ stateDirectory: directory })
    expect(await logFigures(after)).toEqual(figures)
    await new CloudWatchLogsClient(settings(after)).send(new DeleteLogGroupCommand({ logGroupName: '/kept' }))
    await fill(after)
    const { events } = await readAll(after)
    expect(events?.map(({ message }) => message)).toEqual(['one', 'two', 'three'])
  })

  test.runIf(process.platform !== 'win32')('no other user reads any file of it', async () => {
    const sandbox = await start({ stateDirectory: directory })
    await fill(sandbox)
    await fillFiles(sandbox)
    const names = await readdir(directory, { recursive: true })
    expect(names).toEqual(expect.arrayContaining(['state.db', 'state.db-wal', 'code', 'objects']))
    for (const name of ['', ...names]) {
      const { mode } = await lstat(path.join(directory, name))
      expect([name, mode & 0o077]).toEqual([name, 0])
    }
  })

  test('a start drops what a killed sandbox left of S3’s contents, and nothing that has a name', async () => {
    const before = await start({ stateDirectory: directory })
    await fillFiles(before)
    await before.close()
    const objects = path.join(directory, 'objects')
    const kept = await readdir(objects)
    await writeFile(path.join(objects, 'a'.repeat(64)), 'nobody names it')
    await writeFile(path.join(objects, `.${'b'.repeat(64)}-1`), 'half')
    await start({ stateDirectory: directory })
    expect([kept.length, await readdir(objects)]).toEqual([1, kept])
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
