/** The state that lambdactl was about to bring $LATEST to. */
export interface Brought {
  /** SHA-256 of the code, as Lambda has it. */
  code: string
  /** A fingerprint of the configuration. */
  configuration: string
}

/**
 * Finds in a function's journal the state that lambdactl last brought $LATEST to; undefined where the journal does not tell.
 *
 * @param entries in order; nothing of them is trusted
 */
export function lastBroughtBy(
  entries: readonly Readonly<Record<string, unknown>>[],
  lambdaName: string,
): Brought | undefined {
  const last = entries.findLast(
    (entry) => entry['kind'] === 'preparing' && entry['lambdaName'] === lambdaName,
  )
  const latest = last?.['latest']
  return isBrought(latest) ? latest : undefined
}

function isBrought(value: unknown): value is Brought {
  if (typeof value !== 'object' || value === null) return false
  const { code, configuration } = value as Record<string, unknown>
  return typeof code === 'string' && typeof configuration === 'string'
}
