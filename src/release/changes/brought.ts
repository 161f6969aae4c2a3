import type { Entry } from '../journal/entry.ts'

/** The state that lambdactl was about to give to $LATEST. */
export type Brought = NonNullable<Entry['latest']>

/**
 * Finds in a function's journal, in order, the state that lambdactl last gave to $LATEST; undefined if the journal does
 * not tell.
 */
export function lastBroughtBy(entries: readonly Entry[], lambdaName: string): Brought | undefined {
  return allBrought(entries, lambdaName).at(-1)
}

/**
 * Finds in the journal the Description that lambdactl last gave to a function. An earlier one may remain from before an
 * interrupted release, so it is no change by hand.
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
