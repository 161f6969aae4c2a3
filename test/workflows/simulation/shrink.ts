import { array, asyncProperty, check, maxSafeNat } from 'fast-check'

/** The longest time for it, milliseconds. The least life that was found until then is taken. */
const longestMs = 30_000

/**
 * Finds fewer and smaller throws of a dice with which a life still goes wrong.
 *
 * @param noted by `notingDice`, of a life that went wrong
 */
export async function shrink(
  noted: readonly number[],
  isWrong: (noted: readonly number[]) => Promise<boolean>,
): Promise<readonly number[]> {
  // fast-check drops the beginning of a list first. A life loses its end first, since all is calm after the last throw.
  const goesWell = async (reversed: readonly number[]) => !(await isWrong(reversed.toReversed()))
  const { counterexample } = await check(asyncProperty(array(maxSafeNat()), goesWell), {
    examples: [[noted.toReversed()]],
    numRuns: 1,
    interruptAfterTimeLimit: longestMs,
  })
  return counterexample?.[0].toReversed() ?? noted
}
