import { dimensionSets } from '../../execution/model/invocation-metrics.ts'
import type { LambdaContext } from '../records/context.ts'
import type { PendingEvent } from '../records/pending-event.ts'

type AsyncMetric =
  | 'AsyncEventsReceived'
  | 'AsyncEventAge'
  | 'AsyncEventsDropped'
  | 'DestinationDeliveryFailures'
  | 'DeadLetterErrors'

/** Records a metric of an asynchronous invocation: a count of 1, or an age in milliseconds. */
export function recordAsync(
  { metrics, clock }: Pick<LambdaContext, 'metrics' | 'clock'>,
  { region, name, invocation }: Pick<PendingEvent, 'region' | 'name' | 'invocation'>,
  metric: AsyncMetric,
  ageMs?: number,
): void {
  const timestamp = clock()
  // The versions that ran make no sets of their own here.
  const sets = dimensionSets({
    functionName: name,
    qualifier: invocation.qualifier,
    executedVersion: '',
    timestamp,
  }).filter((dimensions) => !('ExecutedVersion' in dimensions))
  metrics.record(
    region,
    sets.map((dimensions) => ({
      namespace: 'AWS/Lambda',
      name: metric,
      dimensions,
      value: ageMs ?? 1,
      unit: ageMs === undefined ? 'Count' : 'Milliseconds',
      timestamp,
    })),
  )
}
