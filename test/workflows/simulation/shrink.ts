import { array, asyncProperty, check, maxSafeNat } from 'fast-check'

/** Time for it, milliseconds; then the least that was found so far is taken. */
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
  // Lists lose their beginning first, and a life its end: what comes after it is calm.
  const goesWell = async (reversed: readonly number[]) => !(await isWrong(reversed.toReversed()))
  const { counterexample } = await check(asyncProperty(array(maxSafeNat()), goesWell), {
    examples: [[noted.toReversed()]],
    numRuns: 1,
    interruptAfterTimeLimit: longestMs,
  })
  return counterexample?.[0].toReversed() ?? noted
}
