import type { AliasState } from '../values/observed.ts'

/** The share of an alias's traffic that a version gets, in percent. */
export function trafficShare(version: string, { version: main, weight }: AliasState): number {
  if (version === main) return 100 - (weight?.percent ?? 0)
  return version === weight?.version ? weight.percent : 0
}
