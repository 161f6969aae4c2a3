import { formatDuration } from '../../release/values/duration.ts'
import type { CapacityProvider, Durable, VpcAttachment } from './settings.ts'

// Values in the form of `lambdactl.yaml`, with null for none.

export function vpcField(vpc: VpcAttachment) {
  return vpc.subnets.length > 0 ? vpc : null
}

export function durableField(durable: Durable | null) {
  if (!durable) return null
  const { timeoutSeconds, retentionDays, kmsKey } = durable
  return {
    timeout: formatDuration(timeoutSeconds * 1000),
    ...(retentionDays !== undefined && { retention: `${retentionDays}d` }),
    ...(kmsKey && { kmsKey }),
  }
}

export function providerField(provider: CapacityProvider | null) {
  if (!provider) return null
  const { arn, concurrency, memoryGibPerCpu } = provider
  return {
    arn,
    ...(concurrency !== undefined && { concurrency }),
    ...(memoryGibPerCpu !== undefined && { memoryPerCpu: memoryGibPerCpu }),
  }
}

/** A text in which nothing is replaced. */
export function literal(text: string): string {
  return text.replaceAll('${', () => '$${')
}

export function literals(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(text)]))
}
