import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'

/** The counts that a mapping with the metrics `EventCount` tells. */
type EventCount =
  | 'PolledEventCount'
  | 'FilteredOutEventCount'
  | 'InvokedEventCount'
  | 'FailedInvokeEventCount'
  | 'DeletedEventCount'
  | 'DroppedEventCount'
  | 'OnFailureDestinationDeliveredEventCount'

/** Records a count of a mapping's events, if the mapping has its metrics on. */
export function countEvents(
  { metrics, clock }: Pick<LambdaContext, 'metrics' | 'clock'>,
  { uuid, region, settings }: MappingRecord,
  name: EventCount,
  value: number,
): void {
  if (value === 0 || !settings.MetricsConfig?.Metrics?.includes('EventCount')) return
  const dimensions = { EventSourceMappingUUID: uuid }
  metrics.record(region, [
    { namespace: 'AWS/Lambda', name, dimensions, value, unit: 'Count', timestamp: clock() },
  ])
}
