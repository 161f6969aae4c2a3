import { deepStrictEqual } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { leaveKey } from '../../src/cli/sandbox-key/leave-key.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { type Place, runTo } from './cli.ts'
import type { Service } from './service.ts'
import { variables } from './variables.ts'

export const clientSettings = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
})

/** How an alias stands, seen from outside. */
export interface SeenAlias {
  version: string | undefined
  /** Shares of the second version, 0 to 1; empty where there is none. */
  weights: Record<string, number>
  description: string
}

/** A sandbox for a file's tests, with the SDK's clients to judge from outside. */
export class TestSandbox {
  readonly url: string
  readonly lambda: LambdaClient
  readonly cloudWatch: CloudWatchClient
  readonly logs: CloudWatchLogsClient

  constructor(url: string) {
    this.url = url
    this.lambda = new LambdaClient(clientSettings(url))
    this.cloudWatch = new CloudWatchClient(clientSettings(url))
    this.logs = new CloudWatchLogsClient(clientSettings(url))
  }

  /** A shell in a service's folder that points at this sandbox. */
  place({ folder }: Pick<Service, 'folder'>, extra: NodeJS.ProcessEnv = {}): Place {
    return { cwd: folder, env: variables(folder, { AWS_ENDPOINT_URL: this.url, ...extra }) }
  }

  /** Publishes version 1 of a layer. @returns its ARN */
  async layer(LayerName: string): Promise<string> {
    const Content = { ZipFile: zipOf([{ name: 'text', content: LayerName }]) }
    const published = await this.lambda.send(new PublishLayerVersionCommand({ LayerName, Content }))
    return published.LayerVersionArn ?? ''
  }

  /**
   * Has the user of a shell find this sandbox as an own one, until the test ends. The test must not stop it: its process
   * is that of the test.
   */
  leaveKey({ env }: Place): void {
    const about = { accessKey: 'test', state: undefined, since: 0, isDetached: false }
    const folder = { XDG_STATE_HOME: join(env['HOME'] ?? '', '.local', 'state') }
    const left = leaveKey({ port: Number(new URL(this.url).port), ...about }, folder)
    onTestFinished(() => left?.[Symbol.dispose]())
  }

  async alias(lambdaName: string): Promise<SeenAlias> {
    const found = await this.lambda.send(new GetAliasCommand({ FunctionName: lambdaName, Name: 'live' }))
    const { FunctionVersion: version, RoutingConfig, Description = '' } = found
    return { version, weights: RoutingConfig?.AdditionalVersionWeights ?? {}, description: Description }
  }

  /** The published versions, the oldest first. */
  async versions(lambdaName: string): Promise<string[]> {
    const { Versions = [] } = await this.lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName: lambdaName }),
    )
    return Versions.map(({ Version = '' }) => Version).filter((version) => version !== '$LATEST')
  }

  /** Makes an alarm that stays in the state that a test sets: its metric has no data, and missing data is ignored. */
  async alarm(name: string, state = 'OK', definition: Partial<PutMetricAlarmCommandInput> = {}) {
    await this.putAlarm(name, definition)
    await this.setAlarm(name, state)
    return name
  }

  async putAlarm(name: string, definition: Partial<PutMetricAlarmCommandInput>): Promise<void> {
    await this.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        Namespace: 'Shop',
        MetricName: 'Refused',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'ignore',
        ...definition,
      }),
    )
  }

  async setAlarm(name: string, state: string): Promise<void> {
    const reason = state === 'ALARM' ? 'set by a test' : 'well'
    const input = { AlarmName: name, StateValue: state as 'OK', StateReason: reason }
    await this.cloudWatch.send(new SetAlarmStateCommand(input))
  }

  /** Deploys a service's first version. */
  async deployFirst(service: Service): Promise<Place> {
    const place = this.place(service)
    await runTo(0, ['deploy', '-e', 'test'], place)
    return place
  }

  /** Deletes the journal, as a clean-up of log groups does. */
  async loseJournal(): Promise<void> {
    await this.logs.send(new DeleteLogGroupCommand({ logGroupName: '/lambdactl/releases' }))
  }

  /** The journal's entries of a release, in order. */
  async journalOf(releaseId: string): Promise<Record<string, unknown>[]> {
    const { events = [] } = await this.logs.send(
      new FilterLogEventsCommand({ logGroupName: '/lambdactl/releases', logStreamNames: [releaseId] }),
    )
    return events.map(({ message = '' }) => JSON.parse(message) as Record<string, unknown>)
  }

  /** Writes messages into a new stream of a version, each a millisecond after the one before, from a second ago on. */
  async writeLog(
    lambdaName: string,
    messages: readonly string[],
    { version = '1', agoMs = 1000 } = {},
  ): Promise<void> {
    const logGroupName = `/aws/lambda/${lambdaName}`
    const logStreamName = `2026/11/27/[${version}]${randomBytes(16).toString('hex')}`
    const first = Date.now() - agoMs
    const logEvents = messages.map((message, index) => ({ timestamp: first + index, message }))
    await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
    await this.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
  }

  /** The alias, where it has this version and no weight. */
  async expectAlias(lambdaName: string, version: string): Promise<SeenAlias> {
    const alias = await this.alias(lambdaName)
    deepStrictEqual({ version: alias.version, weights: alias.weights }, { version, weights: {} })
    return alias
  }
}

/** Starts one sandbox for the whole file; its clock runs so much faster than real time. */
export function useSandbox(speed = 1): () => TestSandbox {
  let running: Sandbox | undefined
  let sandbox: TestSandbox | undefined
  beforeAll(async () => {
    running = await startSandbox({ port: 0, accessKey: 'test', speed })
    sandbox = new TestSandbox(running.url)
  })
  afterAll(async () => {
    sandbox?.lambda.destroy()
    sandbox?.cloudWatch.destroy()
    sandbox?.logs.destroy()
    await running?.close()
  })
  return () => {
    if (!sandbox) throw new Error('the sandbox is started by beforeAll')
    return sandbox
  }
}
