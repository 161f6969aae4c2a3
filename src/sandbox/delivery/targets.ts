import type { JsonFunctions } from '../functions.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { QueueReader } from '../sqs/reader.ts'
import type { Target } from './parcel.ts'

/** Functions and aliases: an asynchronous invocation, if the policy of the function or alias lets the source call it. */
export function functionTarget(functions: JsonFunctions): Target {
  return async (arn, { body }, from) => {
    if (from && !(await functions.allows(arn, from))) throw notAllowed(arn, from.principals)
    await functions.sendJson(arn, body)
  }
}

/** 403: the text of Lambda to a service without a permission. */
function notAllowed(arn: string, principals: readonly string[]): ServiceError {
  const who = principals.join(', ')
  const message = `User: ${who} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no resource-based policy allows the lambda:InvokeFunction action`
  return new ServiceError('AccessDeniedException', 403, message)
}

/** Queues, whose policies have no effect in the sandbox. */
export function queueTarget({ send }: Pick<QueueReader, 'send'>): Target {
  return (arn, { event: _, subject: __, ...message }) => send(arn, message)
}
