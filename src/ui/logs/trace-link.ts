import type { Place } from '../results/place.ts'
import { consoleAddress } from '../text/console/console-address.ts'

/** The page of an X-Ray trace in AWS's console; undefined for a place that has none, such as a sandbox. */
export function traceLink(
  { region, endpoint }: Pick<Place, 'region' | 'endpoint'>,
  traceId: string,
): string | undefined {
  if (region === undefined || endpoint !== undefined) return undefined
  return `${consoleAddress(region, 'cloudwatch')}#xray:traces/${encodeURIComponent(traceId)}`
}
