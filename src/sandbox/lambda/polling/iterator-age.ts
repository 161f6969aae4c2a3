import { dimensionSets } from '../../execution/model/invocation-metrics.ts'
import type { LambdaContext } from '../records/context.ts'
import type { MappingRecord } from '../records/mappings.ts'
import { lambdaParts } from '../requests/names.ts'

/** Records the age of the last record of a batch when the function gets it, at each attempt. */
export function recordIteratorAge(
  { metrics, clock }: Pick<LambdaContext, 'metrics' | 'clock'>,
  { region, functionArn }: MappingRecord,
  arrivedAt: number,
): void {
  const { name: functionName = '', qualifier } = lambdaParts(functionArn)
  const timestamp = clock()
  const value = Math.max(0, timestamp - arrivedAt)
  const told = { namespace: 'AWS/Lambda', name: 'IteratorAge', value, unit: 'Milliseconds', timestamp }
  const sets = dimensionSets({ functionName, qualifier, executedVersion: '', timestamp })
  metrics.record(
    region,
    sets.filter((set) => !('ExecutedVersion' in set)).map((dimensions) => ({ ...told, dimensions })),
  )
}
