import type { Entry } from './entry.ts'

/** The file's settings that belong to no version, as they were last applied: a fingerprint for each field. */
export type Configured = Readonly<Record<string, string | undefined>>

/**
 * Finds in the journal the settings that were last applied to a function and its alias; empty where the journal does
 * not tell.
 *
 * @param entries in order
 */
export function lastConfigured(
  entries: readonly Entry[],
  { lambdaName, alias }: { lambdaName: string; alias: string },
): Configured {
  const last = entries.findLast(
    (entry) => entry.kind === 'configured' && entry.lambdaName === lambdaName && entry.alias === alias,
  )
  return last?.settings ?? {}
}
