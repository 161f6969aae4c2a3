import { isConflict } from '../../errors/after-a-call.ts'
import { isCode } from '../../errors/error.ts'

/** The answer of a call; undefined if the resource does not exist. */
export async function ifThere<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

/** Accepts a removal that finds nothing, since a try without an answer may have removed the resource. */
export async function orRemoved(removal: Promise<unknown>): Promise<void> {
  try {
    await removal
  } catch (error) {
    if (!isCode(error, 'NOT_FOUND') || !wasRetried(error)) throw error
  }
}

/** Accepts that a log group or stream exists already: another release may have made it just before. */
export async function orThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
  }
}

/** Whether a conflict may be with the very change, made by an attempt without an answer before. */
export function isWithItself(error: unknown): boolean {
  return isConflict(error) && wasRetried(error)
}

/** Whether AWS answered a call with the error of this name. */
export function isNamed(error: unknown, name: string): boolean {
  return causeOf(error)?.name === name
}

function wasRetried(error: unknown): boolean {
  const { $metadata } = (causeOf(error) ?? {}) as { $metadata?: { attempts?: number } }
  return ($metadata?.attempts ?? 1) > 1
}

/** The SDK's error that a call failed with. */
function causeOf(error: unknown): Error | undefined {
  return error instanceof Error && error.cause instanceof Error ? error.cause : undefined
}
