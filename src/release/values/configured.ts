/** The settings of no version as the file had them when they were last applied: a fingerprint by field. */
export type Configured = Readonly<Record<string, string>>

/**
 * Finds in the journal the settings that were last applied to a function and its alias; empty where the journal does not tell.
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
