import type { Entry } from '../journal/entry.ts'

/** The state that lambdactl was about to bring $LATEST to. */
export type Brought = NonNullable<Entry['latest']>

/** Finds in a function's journal, in order, the state that lambdactl last brought $LATEST to; undefined where it does not tell. */
export function lastBroughtBy(entries: readonly Entry[], lambdaName: string): Brought | undefined {
  return allBrought(entries, lambdaName).at(-1)
}

/**
 * Finds in the journal the Description that lambdactl last gave a function. One that it gave earlier may be left from before a
 * release that was interrupted, so that is no change by hand.
 *
 * @param now the Description of $LATEST
 */
export function lastDescriptionBrought(entries: readonly Entry[], lambdaName: string, now: string): string {
  const given = allBrought(entries, lambdaName).map(({ description }) => description)
  return given.includes(now) ? now : (given.at(-1) ?? now)
}

function allBrought(entries: readonly Entry[], lambdaName: string): Brought[] {
  return entries.flatMap(({ kind, lambdaName: name, latest }) =>
    kind === 'preparing' && name === lambdaName && latest ? [latest] : [],
  )
}
