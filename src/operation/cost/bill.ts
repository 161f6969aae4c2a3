import type { Architecture, Prices } from './price.ts'
import { freeStorageMb, freeTier, tiers } from './price-table.ts'

/** The use of a function in a month. */
export interface Usage {
  architecture: Architecture
  /** Of the function, MB: 1,024 of them are a GB. */
  memoryMb: number
  /** Temporary storage, MB. */
  storageMb: number
  /** Invocations a month. */
  requests: number
  /** Billed seconds of requests outside of provisioned environments. */
  seconds: number
  /** Billed seconds of the starts of environments; absent if nobody measured them. */
  initSeconds?: number
  /** Seconds that environments were kept ready, one second for each environment. */
  provisionedSeconds: number
  /** Billed seconds of requests in those environments. */
  provisionedRunSeconds: number
  /** Snapshots of SnapStart that are paid for; absent if there are none. */
  snapshots?: Snapshots
}

/** Snapshots of SnapStart, of the function's memory. */
interface Snapshots {
  /** Seconds that snapshots were in the cache, one second for each version. */
  cachedSeconds: number
  /** How many; undefined if nobody counted them. */
  restores: number | undefined
}

/** A month's price by its parts, in US dollars, before the free tier. */
export interface Bill {
  /** US dollars a month. */
  requests: number
  /** US dollars a month. */
  duration: number
  /** Of the starts of environments, US dollars a month; 0 if nobody measured them. */
  init: number
  /** US dollars a month. */
  storage: number
  /** US dollars a month. */
  provisioned: number
  /** US dollars a month. */
  provisionedDuration: number
  /** Of SnapStart, US dollars a month. */
  snapStart: number
  /** US dollars a month. */
  total: number
  /**
   * Of the free tier, US dollars a month, if the account used it for this function alone. It does not pay for
   * provisioned environments.
   */
  free: number
}

/**
 * The price of a function's month. The tiers and the free tier are the account's, so they are taken as this function's
 * alone. A price of SnapStart that is not known counts as 0.
 */
export function bill(usage: Usage, prices: Prices): Bill {
  const { architecture, memoryMb, requests, seconds, initSeconds = 0 } = usage
  const gb = memoryMb / 1024
  const extraGb = Math.max(0, usage.storageMb - freeStorageMb) / 1024
  const gbSeconds = gb * (seconds + initSeconds)
  const run = durationPrice(gbSeconds, architecture, prices)
  const init = gbSeconds === 0 ? 0 : (run * gb * initSeconds) / gbSeconds
  const parts = {
    requests: requests * prices.request,
    duration: run - init,
    init,
    storage: extraGb * (seconds + initSeconds + usage.provisionedRunSeconds) * prices.storage,
    provisioned: gb * usage.provisionedSeconds * prices.provisioned[architecture],
    provisionedDuration: gb * usage.provisionedRunSeconds * prices.provisionedDuration[architecture],
    snapStart: snapshotPrice(gb, usage.snapshots, prices),
  }
  const left = Math.max(0, gbSeconds - freeTier.gbSeconds)
  const free =
    Math.min(requests, freeTier.requests) * prices.request + run - durationPrice(left, architecture, prices)
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

function snapshotPrice(gb: number, snapshots: Snapshots | undefined, { snapStart }: Prices): number {
  if (!snapshots || !snapStart) return 0
  const { cachedSeconds, restores = 0 } = snapshots
  return gb * (cachedSeconds * snapStart.cached + restores * snapStart.restored)
}
