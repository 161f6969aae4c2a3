import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import { type Operations, operationSchemas, queryErrorCodes, type Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { type AlarmBook, createAlarmBook } from './alarm-book.ts'
import { deleteAlarms, setAlarmState, switchActions } from './change-alarms.ts'
import { describeAlarmHistory, describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { listMetrics } from './list-metrics.ts'
import { createMetricStore, type MetricStore } from './metric-store.ts'
import { putCompositeAlarm } from './put-composite-alarm.ts'
import { putMetricAlarm } from './put-metric-alarm.ts'
import { putMetricData } from './put-metric-data.ts'
import { evaluateAlarms } from './watch.ts'

export interface CloudWatchDependencies {
  /** Milliseconds since the epoch. */
  clock: () => number
}

export interface CloudWatch {
  service: Service
  sink: MetricSink
  persistent: Persistent[]
  /** Stops the evaluation of alarms. */
  close(): void
}

/** AWS evaluates each minute, or every 10 s for shorter periods; at the sandbox nobody should have to wait. */
const evaluationInterval = 1000

/** CloudWatch metrics and alarms. Metrics and alarms are the same in every Region. */
export function cloudWatchService({ clock }: CloudWatchDependencies): CloudWatch {
  const store = createMetricStore()
  const book = createAlarmBook()
  const timer = setInterval(() => {
    store.forget(clock())
    evaluateAlarms(book, store, clock())
  }, evaluationInterval).unref()
  return {
    service: {
      signingName: 'monitoring',
      protocol: { kind: 'awsJson', version: '1.0', target: 'GraniteServiceVersion20100801' },
      schemas: operationSchemas(cloudwatch),
      queryCodes: queryErrorCodes(cloudwatch),
      operations: operations(store, book, clock),
    },
    sink: {
      record(data) {
        for (const datum of data) store.record(datum)
      },
    },
    persistent: [...store.persistent, ...book.persistent],
    close: () => clearInterval(timer),
  }
}

function operations(store: MetricStore, book: AlarmBook, clock: () => number): Operations {
  return {
    PutMetricData: putMetricData(store, clock),
    GetMetricData: getMetricData(store),
    GetMetricStatistics: getMetricStatistics(store),
    ListMetrics: listMetrics(store),
    PutMetricAlarm: putMetricAlarm(book, clock),
    PutCompositeAlarm: putCompositeAlarm(book, clock),
    DescribeAlarms: describeAlarms(book),
    DescribeAlarmsForMetric: describeAlarmsForMetric(book),
    DescribeAlarmHistory: describeAlarmHistory(book),
    DeleteAlarms: deleteAlarms(book, clock),
    SetAlarmState: setAlarmState(book, clock),
    EnableAlarmActions: switchActions(book, true),
    DisableAlarmActions: switchActions(book, false),
  }
}
