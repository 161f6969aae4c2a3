import type { ErrorCode } from '../../errors/codes.ts'
import { LambdactlError } from '../../errors/error.ts'
import { stepsFor } from '../../errors/next-step.ts'
import type { Run } from './run.ts'

/** The reason why a part of a status is unknown. */
export interface Unread {
  code: ErrorCode
  message: string
  next: readonly string[]
}

/** Reads a part of a status; the error of AWS is returned, so that the rest is shown. Throws an interrupt, and a bug. */
export async function orFailure<Answer>(read: () => Promise<Answer>): Promise<Answer | LambdactlError> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.code === 'INTERRUPTED' || error.code === 'BUG')
      throw error
    return error
  }
}

/** Reads a part; if that fails, its reason goes to the unread ones, and another answer stands for it. */
export async function ifReadable<Answer>(
  unread: string[],
  what: string,
  otherwise: Answer,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const answer = await orFailure(read)
  if (!(answer instanceof LambdactlError)) return answer
  unread.push(`${what}: ${answer.message}`)
  return otherwise
}

/** The error as a result has it. */
export function unreadOf({ config }: Run, { code, message, next }: LambdactlError): Unread {
  return { code, message, next: stepsFor(config, next) }
}
