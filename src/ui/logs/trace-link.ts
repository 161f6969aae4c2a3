import type { Place } from '../results/place.ts'

/** The consoles of AWS's partitions, by the begin of their Regions' names. */
const consoles: readonly (readonly [begin: string, domain: string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
]

/** The page of an X-Ray trace in AWS's console; undefined for a place that has none, such as a sandbox. */
export function traceLink(
  { region, endpoint }: Pick<Place, 'region' | 'endpoint'>,
  traceId: string,
): string | undefined {
  if (region === undefined || endpoint !== undefined) return undefined
  const [, domain = 'console.aws.amazon.com'] = consoles.find(([begin]) => region.startsWith(begin)) ?? []
  return `https://${region}.${domain}/cloudwatch/home?region=${region}#xray:traces/${encodeURIComponent(traceId)}`
}
