import { formatDuration } from '../../release/values/duration.ts'
import type { CapacityProvider, Durable, FileSystem, VpcAttachment } from './settings.ts'

/** The ids are sorted, since AWS's order has no meaning. */
export function vpcWords({ subnets, securityGroups, ipv6 }: VpcAttachment): string[] {
  return [...subnets.toSorted(), ...securityGroups.toSorted(), ...(ipv6 ? ['ipv6'] : [])]
}

export function fileSystemWords({ arn, path, directRead }: FileSystem): string {
  return `${arn} at ${path}${directRead === undefined ? '' : `, direct reads ${directRead}`}`
}

export function durableWords(durable: Durable | null): string[] {
  if (!durable) return []
  const { timeoutSeconds, retentionDays, kmsKey } = durable
  return [
    `timeout ${formatDuration(timeoutSeconds * 1000)}`,
    ...(retentionDays === undefined ? [] : [`retention ${retentionDays}d`]),
    ...(kmsKey ? [`key ${kmsKey}`] : []),
  ]
}

export function providerWords(provider: CapacityProvider | null): string[] {
  if (!provider) return []
  const { arn, concurrency, memoryGibPerCpu } = provider
  return [
    arn,
    ...(concurrency === undefined ? [] : [`concurrency ${concurrency}`]),
    ...(memoryGibPerCpu === undefined ? [] : [`${memoryGibPerCpu} GiB per vCPU`]),
  ]
}
