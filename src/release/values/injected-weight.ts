import type { AliasState } from './observed.ts'

/**
 * Whether a weight gives everything to the version that an alias is not on. No release of ours does: Lambda does so
 * while it prepares the alias's provisioned concurrency on the version that it was moved to, and leaves it so where that
 * fails.
 */
export function hasInjectedWeight({ weight }: AliasState): boolean {
  return weight?.percent === 100
}

/** The version that an alias's traffic goes to, without the share that a release gives to its candidate. */
export function servingVersion({ version, weight }: AliasState): string {
  return weight?.percent === 100 ? weight.version : version
}
