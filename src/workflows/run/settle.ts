import { needsLook } from '../../errors/after-a-call.ts'

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
    if (!needsLook(error)) throw error
    const made = await look().catch(() => undefined)
    if (made === undefined) throw error
    return made
  }
}
