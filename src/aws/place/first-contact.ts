import type { DeserializeMiddleware, Pluggable } from '@smithy/types'

/** Whether anything of a connection has answered yet. */
export interface Contact {
  isMade: boolean
}

/**
 * How long each try of a call may take until then, milliseconds; the SDK tries three times. An endpoint that was never
 * heard may be the wrong one.
 */
export const firstAnswerMs = 4000

/** Notes the first answer of any kind. */
export function noteContact<Input extends object, Output extends object>(
  contact: Contact,
): Pluggable<Input, Output> {
  const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    try {
      const result = await next(args)
      contact.isMade = true
      return result
    } catch (error) {
      if ((error as { $response?: object }).$response) contact.isMade = true
      throw error
    }
  }
  return { applyToStack: (stack) => stack.add(middleware, { step: 'deserialize', priority: 'low' }) }
}
