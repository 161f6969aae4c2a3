import type { ErrorCode } from '../../errors/codes.ts'
import { asLambdactlError } from '../../errors/error.ts'

/** After these a change may have been made all the same: by an attempt whose answer was lost. */
export const unanswered: readonly ErrorCode[] = ['CONFLICT', 'UNREACHABLE', 'AWS_UNAVAILABLE']

/**
 * Makes a change to a function. Where its answer was lost, what is there tells whether it was made: a conflict may be with
 * the very change, when AWS was asked again.
 *
 * @param look reads what is there; undefined where the change was not made
 * @throws what the change failed with, where it was not made, or nobody can tell
 */
export async function settle<Answer>(
  change: () => Promise<Answer>,
  look: () => Promise<Answer | undefined>,
): Promise<Answer> {
  try {
    return await change()
  } catch (error) {
    if (!unanswered.includes(asLambdactlError(error).code)) throw error
    const made = await look().catch(() => undefined)
    if (made === undefined) throw error
    return made
  }
}
