export type Architecture = 'x86_64' | 'arm64'

/** Lambda's prices in a Region, in US dollars. */
export interface Prices {
  /** One request. */
  request: number
  /** A GB-second in the first tier. */
  duration: Record<Architecture, number>
  /** A GB-second of an environment that is kept ready. */
  provisioned: Record<Architecture, number>
  /** A GB-second of a request in such an environment. */
  provisionedDuration: Record<Architecture, number>
  /** A GB-second of temporary storage above 512 MB. */
  storage: number
  /** A GB-second of a snapshot in the cache, and a GB restored; undefined where they are not known. */
  snapStart?: { cached: number; restored: number } | undefined
}
