import { needsLook } from '../../errors/after-a-call.ts'

/**
 * Makes a change to a function. If its answer was lost, reading the function tells whether the change was made: after a
 * retry, a conflict may be with the change itself.
 *
 * @param look reads the present state; undefined if the change was not made
 * @throws the change's own error if it was not made, or nobody can tell
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
