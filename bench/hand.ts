import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { GetAliasCommand, LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda'

/** The acts of the benchmark itself, as of a person at AWS's console. */
export interface Hand {
  /** Makes an alarm that stays in the state it is set to: its metric has no data, and missing data is ignored. */
  makeAlarm(name: string): Promise<void>
  setAlarm(name: string, state: 'OK' | 'ALARM'): Promise<void>
  /** Since when an alarm is in its state, milliseconds since the epoch. */
  alarmSince(name: string): Promise<number>
  /** Leaves an alias on version 1, and gives version 2 a tenth of its traffic. */
  shift(lambdaName: string): Promise<void>
  /** How long each of so many GetAlias calls takes, milliseconds. */
  roundTrips(lambdaName: string, calls: number): Promise<number[]>
  close(): void
}

const alias = 'live'

/** @param settings of the SDK's clients */
export function hand(settings: { endpoint: string; region: string; credentials: Credentials }): Hand {
  const lambda = new LambdaClient(settings)
  const cloudWatch = new CloudWatchClient(settings)
  return {
    async makeAlarm(name) {
      await cloudWatch.send(new PutMetricAlarmCommand({ AlarmName: name, ...silentMetric }))
    },
    async setAlarm(name, state) {
      const input = { AlarmName: name, StateValue: state, StateReason: 'set by the benchmark' }
      await cloudWatch.send(new SetAlarmStateCommand(input))
    },
    async alarmSince(name) {
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))
      const since = MetricAlarms?.[0]?.StateTransitionedTimestamp
      if (!since) throw new Error(`The alarm ${name} does not say since when it is in its state.`)
      return since.getTime()
    },
    async shift(lambdaName) {
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.1 } }
      const input = { FunctionName: lambdaName, Name: alias, FunctionVersion: '1', RoutingConfig }
      await lambda.send(new UpdateAliasCommand(input))
    },
    async roundTrips(lambdaName, calls) {
      const sample: number[] = []
      for (let call = 0; call < calls; call += 1) {
        const start = performance.now()
        await lambda.send(new GetAliasCommand({ FunctionName: lambdaName, Name: alias }))
        sample.push(performance.now() - start)
      }
      return sample
    },
    close() {
      lambda.destroy()
      cloudWatch.destroy()
    },
  }
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
}

const silentMetric = {
  Namespace: 'Bench',
  MetricName: 'Silent',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'ignore',
} as const
