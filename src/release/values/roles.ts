import type { AliasState } from './observed.ts'
import { inProgress, parseRecord } from './record.ts'

/** The versions of an alias by their part in a release. */
export interface Roles {
  stable: string
  /** Undefined while no release is in progress and one version gets all traffic. */
  candidate: string | undefined
}

/** The stable version and the candidate of an alias, as the alias is now; also of a weight that somebody set by hand. */
export function rolesOf({ version, weight, description }: AliasState): Roles {
  const record = parseRecord(description)
  if (record && inProgress(record)) {
    const stable = record.held.find((held) => held !== record.candidate)
    if (stable !== undefined) return { stable, candidate: record.candidate }
  }
  return { stable: version, candidate: weight?.version }
}
