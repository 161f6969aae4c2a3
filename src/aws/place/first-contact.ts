import type { DeserializeMiddleware, Pluggable } from '@smithy/types'

/** Whether anything of a connection has answered yet. */
export interface Contact {
  isMade: boolean
}

/** How long each try of a call may take until then, milliseconds; the SDK tries three times. */
const firstAnswerMs = 4000

interface SendOptions {
  requestTimeout?: number
}

type Send = (command: object, options?: SendOptions) => Promise<unknown>

/** Has the calls of a client give up soon while nothing has answered: an endpoint that was never heard may be the wrong one. */
export function awaitContact(client: object, contact: Contact): void {
  const sending = client as { send: Send }
  const send = sending.send.bind(client)
  sending.send = (command, options) =>
    contact.isMade ? send(command, options) : send(command, { ...options, requestTimeout: firstAnswerMs })
}

/** Notes the first answer, whatever it says. */
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
