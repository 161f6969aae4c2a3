import { dimensionSets } from '../../execution/model/invocation-metrics.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { lambdaParts } from '../requests/names.ts'

type Told = Pick<LambdaContext, 'metrics' | 'clock'>

/** Records the age of the last record of a batch when the function gets it, at each attempt. */
export function recordIteratorAge(context: Told, mapping: MappingRecord, arrivedAt: number): void {
  const value = Math.max(0, context.clock() - arrivedAt)
  tell(context, mapping, { name: 'IteratorAge', value, unit: 'Milliseconds' })
}

/** Counts a record for a destination that did not take it. */
export function recordLoss(context: Told, mapping: MappingRecord): void {
  tell(context, mapping, { name: 'DestinationDeliveryFailures', value: 1, unit: 'Count' })
}

/** Records a metric of the function and of the alias or version that a mapping calls. */
function tell(
  { metrics, clock }: Told,
  { region, functionArn }: MappingRecord,
  told: { name: string; value: number; unit: string },
): void {
  const { name: functionName = '', qualifier } = lambdaParts(functionArn)
  const timestamp = clock()
  const sets = dimensionSets({ functionName, qualifier, executedVersion: '', timestamp })
  metrics.record(
    region,
    sets
      // The versions that ran make no sets of their own here.
      .filter((set) => !('ExecutedVersion' in set))
      .map((dimensions) => ({ namespace: 'AWS/Lambda', ...told, dimensions, timestamp })),
  )
}
