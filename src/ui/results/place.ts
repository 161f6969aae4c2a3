import { plainLine } from '../text/plain.ts'

/** The place where a command acts; a field of a `--json` document, and the first event of a stream. */
export interface Place {
  /** Empty without lambdactl.yaml. */
  environment: string
  region?: string
  /** Twelve digits; absent if the file does not name it and AWS did not return it in time. */
  account?: string
  /** Absent for AWS itself. */
  endpoint?: string
  /** Services with another endpoint than Lambda's; null is AWS itself. */
  elsewhere?: Readonly<Record<string, string | null>>
  /** The profile of AWS's shared configuration, if one was chosen. */
  profile?: string
  /** The source of values that neither the file nor a flag gives, usually a variable's name. */
  from?: Partial<Record<PlacePart, string>>
  /** A sentence about the place that a person should correct. */
  warning?: string
}

export type PlacePart = 'region' | 'endpoint' | 'profile' | 'credentials'

const titles: Record<PlacePart, string> = {
  region: 'Region',
  endpoint: 'endpoint',
  profile: 'profile',
  credentials: 'credentials',
}

/** One line: `prod · eu-west-1 · 123456789012 · http://127.0.0.1:4510 (endpoint from AWS_ENDPOINT_URL)`. */
export function placeText({ environment, region, account, endpoint, profile, ...more }: Place): string {
  const { elsewhere = {}, from = {} } = more
  const others = Map.groupBy(Object.keys(elsewhere), (service) => elsewhere[service] ?? 'AWS')
  const parts = [
    environment,
    region,
    account,
    endpoint,
    ...Array.from(others, ([place, services]) => `${services.join(', ')} at ${place}`),
    profile && `profile ${profile}`,
  ].filter(Boolean)
  const origins = Object.entries(from).map(([part, origin]) => `${titles[part as PlacePart]} from ${origin}`)
  return plainLine(parts.join(' · ') + (origins.length > 0 ? ` (${origins.join(', ')})` : ''))
}
