import type { AliasState } from './observed.ts'

/**
 * Tells whether a weight gives 100% to a version other than the alias's own. lambdactl never sets such a weight. Lambda
 * does, while it prepares the alias's provisioned concurrency on a new version, and leaves the weight if that fails.
 */
export function hasInjectedWeight({ weight }: AliasState): boolean {
  return weight?.percent === 100
}

/** The version that gets an alias's traffic, except the share that a release gives to its candidate. */
export function servingVersion({ version, weight }: AliasState): string {
  return weight?.percent === 100 ? weight.version : version
}
