import type { Architecture, Prices } from './price.ts'
import { freeStorageMb, freeTier, tiers } from './price-table.ts'

/** The use of a function in a month. */
export interface Usage {
  architecture: Architecture
  /** Of the function, MB: 1,024 of them are a GB. */
  memoryMb: number
  /** Temporary storage, MB. */
  storageMb: number
  requests: number
  /** Billed seconds of requests and of the inits that Lambda bills, outside of provisioned environments. */
  seconds: number
  /** Seconds that environments were kept ready, one second for each environment. */
  provisionedSeconds: number
  /** Billed seconds of requests in those environments. */
  provisionedRunSeconds: number
}

/** A month's price by its parts, in US dollars, before the free tier. */
export interface Bill {
  requests: number
  duration: number
  storage: number
  provisioned: number
  provisionedDuration: number
  total: number
  /** Of the free tier, if the account used it for this function alone. It does not pay for provisioned environments. */
  free: number
}

/** The price of a function's month. The tiers and the free tier are the account's, so they are taken as this function's alone. */
export function bill(usage: Usage, prices: Prices): Bill {
  const { architecture, memoryMb, requests } = usage
  const gb = memoryMb / 1024
  const extraGb = Math.max(0, usage.storageMb - freeStorageMb) / 1024
  const gbSeconds = gb * usage.seconds
  const parts = {
    requests: requests * prices.request,
    duration: durationPrice(gbSeconds, architecture, prices),
    storage: extraGb * (usage.seconds + usage.provisionedRunSeconds) * prices.storage,
    provisioned: gb * usage.provisionedSeconds * prices.provisioned[architecture],
    provisionedDuration: gb * usage.provisionedRunSeconds * prices.provisionedDuration[architecture],
  }
  const left = Math.max(0, gbSeconds - freeTier.gbSeconds)
  const free =
    Math.min(requests, freeTier.requests) * prices.request +
    parts.duration -
    durationPrice(left, architecture, prices)
  return { ...parts, total: Object.values(parts).reduce((sum, each) => sum + each, 0), free }
}

/** The price of a month's GB-seconds by its tiers, in US dollars. */
export function durationPrice(gbSeconds: number, architecture: Architecture, prices: Prices): number {
  const steps = tiers[architecture]
  return steps.reduce((sum, { above, part }, index) => {
    const until = steps[index + 1]?.above ?? Number.POSITIVE_INFINITY
    const within = Math.max(0, Math.min(gbSeconds, until) - above)
    return sum + within * prices.duration[architecture] * part
  }, 0)
}
