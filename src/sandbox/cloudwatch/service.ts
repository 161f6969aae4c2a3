import type { DescribeAlarmHistoryInput, PutMetricDataInput } from '@aws-sdk/client-cloudwatch'
import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import { type Pace, realPace } from '../clock.ts'
import { checked } from '../constraints/check-input.ts'
import constraints from '../constraints/models/cloudwatch.json' with { type: 'json' }
import { type Delay, noDelay } from '../faults/delays.ts'
import { type Functions, noFunctions } from '../functions.ts'
import { accepting } from '../protocol/accepting.ts'
import {
  type Call,
  errorsWithMessage,
  type Operations,
  operationSchemas,
  queryErrorCodes,
  type Service,
} from '../protocol/service.ts'
import type { Part } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { runActions } from './alarms/actions.ts'
import { type AlarmBook, type AlarmBooks, createAlarmBooks } from './alarms/alarm-book.ts'
import { deleteAlarms, setAlarmState, switchActions } from './alarms/change-alarms.ts'
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './alarms/describe-alarms.ts'
import { putCompositeAlarm } from './alarms/put-composite-alarm.ts'
import { putMetricAlarm } from './alarms/put-metric-alarm.ts'
import { listTagsForResource, tagResource, untagResource } from './alarms/tags.ts'
import { evaluateRegions } from './alarms/watch.ts'
import { getMetricData } from './metrics/get-metric-data.ts'
import { getMetricStatistics } from './metrics/get-metric-statistics.ts'
import { listMetrics } from './metrics/list-metrics.ts'
import { putMetricData } from './metrics/put-metric-data.ts'
import { validationError } from './query/errors.ts'
import { createMetricStores, type MetricStore, type MetricStores } from './query/metric-store.ts'

export interface CloudWatchDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Called by the actions of alarms; default: there are none. */
  functions?: Functions
  /** Delays metrics; default: none is late. */
  delay?: Delay
  /** Tells whether an alarm is kept from being evaluated, by its name; default: none is. */
  isFrozen?: (alarm: string) => boolean
}

export interface CloudWatch {
  service: Service
  sink: MetricSink
  persistent: Part[]
  /** Stops the evaluation of alarms. */
  close(): void
}

/** AWS evaluates each minute, or every 10 s for shorter periods; at the sandbox nobody should have to wait. */
const evaluationInterval = 1000

/** CloudWatch metrics and alarms. Each Region has metrics and alarms of its own. */
export function cloudWatchService(dependencies: CloudWatchDependencies): CloudWatch {
  const {
    clock,
    pace = realPace,
    functions = noFunctions,
    delay = noDelay,
    isFrozen = () => false,
  } = dependencies
  const capitalised = errorsWithMessage(cloudwatch)
  const stores = createMetricStores(delay)
  const books = createAlarmBooks(runActions(functions))
  const timer = setInterval(() => {
    stores.forget(clock())
    evaluateRegions(books, stores, { now: clock(), isFrozen })
  }, pace.beatMs(evaluationInterval)).unref()
  return {
    service: {
      signingName: 'monitoring',
      protocol: { kind: 'awsJson', version: '1.0', target: 'GraniteServiceVersion20100801', capitalised },
      olderAndNewer: [
        {
          kind: 'awsQuery',
          version: '2010-08-01',
          xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
        },
        { kind: 'rpcV2Cbor', service: 'GraniteServiceVersion20100801', capitalised },
      ],
      schemas: operationSchemas(cloudwatch),
      queryCodes: queryErrorCodes(cloudwatch),
      operations: checked(operations(stores, books, clock), constraints, validationError),
    },
    sink: {
      record(region, data) {
        for (const datum of data) stores.of(region).record(datum)
      },
    },
    persistent: [...stores.persistent, ...books.persistent],
    close: () => clearInterval(timer),
  }
}

/** AWS has histories of contributors too. */
const historyMembers = [
  'AlarmName',
  'AlarmTypes',
  'HistoryItemType',
  'StartDate',
  'EndDate',
  'MaxRecords',
  'NextToken',
  'ScanBy',
] as const

/** An operation on a Region's part of the service. */
type Regional<Store> = (store: Store) => (input: never, call: Call) => object

function operations(stores: MetricStores, books: AlarmBooks, clock: () => number): Operations {
  const onMetrics = (make: Regional<MetricStore>) => (input: object, call: Call) =>
    make(stores.of(call.region))(input as never, call)
  const onAlarms = (make: Regional<AlarmBook>) => (input: object, call: Call) =>
    make(books.of(call.region))(input as never, call)
  return {
    PutMetricData: accepting<PutMetricDataInput>(
      ['Namespace', 'MetricData'],
      onMetrics((store) => putMetricData(store, clock)),
    ),
    GetMetricData: onMetrics(getMetricData),
    GetMetricStatistics: onMetrics(getMetricStatistics),
    ListMetrics: onMetrics((store) => listMetrics(store, clock)),
    PutMetricAlarm: onAlarms((book) => putMetricAlarm(book, clock)),
    PutCompositeAlarm: onAlarms((book) => putCompositeAlarm(book, clock)),
    DescribeAlarms: onAlarms(describeAlarms),
    DescribeAlarmsForMetric: onAlarms(describeAlarmsForMetric),
    DescribeAlarmHistory: accepting<DescribeAlarmHistoryInput>(
      historyMembers,
      onAlarms(describeAlarmHistory),
    ),
    DeleteAlarms: onAlarms((book) => deleteAlarms(book, clock)),
    SetAlarmState: onAlarms((book) => setAlarmState(book, clock)),
    EnableAlarmActions: onAlarms((book) => switchActions(book, true)),
    DisableAlarmActions: onAlarms((book) => switchActions(book, false)),
    TagResource: onAlarms(tagResource),
    UntagResource: onAlarms(untagResource),
    ListTagsForResource: onAlarms(listTagsForResource),
  }
}
