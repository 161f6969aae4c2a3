/** What the file had of settings of no version when they were last applied: a fingerprint by field. */
export type Configured = Readonly<Record<string, string>>

/**
 * What was last applied to a function and its alias, from the journal; empty where that is not told.
 *
 * @param entries in order; nothing of them is trusted
 */
export function lastConfigured(
  entries: readonly Readonly<Record<string, unknown>>[],
  { lambdaName, alias }: { lambdaName: string; alias: string },
): Configured {
  const last = entries.findLast(
    (entry) =>
      entry['kind'] === 'configured' && entry['lambdaName'] === lambdaName && entry['alias'] === alias,
  )
  const settings = last?.['settings']
  if (typeof settings !== 'object' || settings === null) return {}
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => typeof value === 'string'))
}
