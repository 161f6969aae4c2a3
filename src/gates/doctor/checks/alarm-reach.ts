import type { AlarmLimit, AlarmMetric, AlarmState } from '../../../release/values/observed.ts'

/** The highest value of Lambda's metrics, where there is one. */
function highest(
  { name, statistic }: AlarmMetric,
  timeoutSeconds: number,
): [value: number, words: string] | undefined {
  const isSum = statistic === 'Sum' || statistic === 'SampleCount'
  if (name === 'Duration' && !isSum)
    return [timeoutSeconds * 1000, `an invocation ends after ${timeoutSeconds} s, its time-out`]
  if (name === 'Errors' && !isSum) return [1, `the ${statistic ?? 'percentile'} of Errors is at most 1`]
  return undefined
}

/** The reason why an alarm on Lambda's own metrics can never fire; undefined if none is known. */
export function unreachable({ metric, limit }: AlarmState, timeoutSeconds: number): string | undefined {
  if (metric?.namespace !== 'AWS/Lambda') return undefined
  const { FunctionName: name, Resource: resource } = metric.dimensions
  if (name === undefined && resource !== undefined)
    return 'Lambda publishes no metric with the dimension Resource alone'
  const [most, words] = highest(metric, timeoutSeconds) ?? []
  if (most === undefined || !limit || !isAbove(limit, most)) return undefined
  return `its threshold is ${limit.threshold}, but ${words}`
}

function isAbove({ threshold, comparison }: AlarmLimit, most: number): boolean {
  if (comparison === 'GreaterThanThreshold') return threshold >= most
  return comparison === 'GreaterThanOrEqualToThreshold' && threshold > most
}
