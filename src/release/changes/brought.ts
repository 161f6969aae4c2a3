/** The state that lambdactl was about to bring $LATEST to. */
export interface Brought {
  /** SHA-256 of the code, as Lambda has it. */
  code: string
  /** A fingerprint of the configuration, without the Description. */
  configuration: string
  /** The function's Description; undefined in entries of before it was written. */
  description?: string | undefined
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
  return allBrought(entries, lambdaName).at(-1)
}

/**
 * Finds in the journal the Description that lambdactl last gave a function. One that it gave earlier may be left from before a
 * release that was interrupted, so that is no change by hand.
 *
 * @param now the Description of $LATEST
 */
export function lastDescriptionBrought(
  entries: readonly Readonly<Record<string, unknown>>[],
  lambdaName: string,
  now: string,
): string {
  const given = allBrought(entries, lambdaName).map(({ description }) => description)
  return given.includes(now) ? now : (given.at(-1) ?? now)
}

function allBrought(entries: readonly Readonly<Record<string, unknown>>[], lambdaName: string): Brought[] {
  return entries
    .filter((entry) => entry['kind'] === 'preparing' && entry['lambdaName'] === lambdaName)
    .map(({ latest }) => latest)
    .filter(isBrought)
}

function isBrought(value: unknown): value is Brought {
  if (typeof value !== 'object' || value === null) return false
  const { code, configuration, description = '' } = value as Record<string, unknown>
  return [code, configuration, description].every((each) => typeof each === 'string')
}
