import { LambdactlError } from '../../errors/error.ts'
import { firstNames } from '../../errors/first-few.ts'
import type { LeftOut } from '../../iac/found-function.ts'
import type { LocatedCandidate } from '../../workflows/adoption/find-functions.ts'
import { askWhich } from './ask-which.ts'
import { chosenFunctions, shownCandidate } from './chosen-functions.ts'

/** Functions to choose from, and how. */
export interface Choice {
  found: readonly LocatedCandidate[]
  /** Those of `--function`. */
  names: readonly string[]
  /** Whether a person is at the terminal. */
  canAsk: boolean
  /** Whether nobody named a place, so that all functions of the account were found. */
  isWhole: boolean
  /** Functions of outputs for other places. */
  elsewhere: readonly LeftOut[]
}

/**
 * The functions to take on. A person at the terminal chooses among several, where no flag did.
 *
 * @throws LambdactlError NOT_FOUND, USAGE, INTERRUPTED
 */
export async function chooseFunctions({
  found,
  names,
  canAsk,
  isWhole,
  elsewhere,
}: Choice): Promise<readonly LocatedCandidate[]> {
  if (found.length === 0) throw nothingFound(elsewhere)
  const chosen = chosenFunctions(found, names)
  const asks = names.length === 0 && canAsk
  if (isWhole && names.length === 0 && !asks) throw noneNamed(chosen)
  if (!asks || (chosen.length === 1 && !isWhole)) return chosen
  const numbers = await askWhich(chosen.map(shownCandidate))
  return numbers.flatMap((at) => chosen[at] ?? [])
}

/** Nobody can be asked which ones of the account are meant. */
function noneNamed(found: readonly LocatedCandidate[]): LambdactlError {
  const names = firstNames(found.map(shownCandidate), 20)
  return new LambdactlError('USAGE', `Expected the functions to take on, got none. There are ${names}.`, {
    next: ['Name them: --from NAME, --from-stack NAME, --from-tag KEY=VALUE, or --function with a pattern.'],
  })
}

function nothingFound(elsewhere: readonly LeftOut[]): LambdactlError {
  const others = elsewhere.map(({ file, what, why }) => ` ${file} ${what}: ${why}.`).join('')
  return new LambdactlError('NOT_FOUND', `There is no function there.${others}`, {
    next: ['Check the names, the Region and the account, and that the functions are deployed.'],
  })
}
