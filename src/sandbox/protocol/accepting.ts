import type { Operation } from './service.ts'
import { ServiceError } from './service-error.ts'

/**
 * An operation that refuses every member of its input that it does not know, so that none is taken and dropped in
 * silence.
 *
 * @throws ServiceError 501 that names the member
 */
export function accepting<Input extends object>(
  members: readonly (keyof Input & string)[],
  operation: Operation<Input, object>,
): Operation<Input, object> {
  const known = new Set<string>(members)
  return (input, call) => {
    for (const [name, value] of Object.entries(input)) {
      if (value !== undefined && !known.has(name)) throw notImplemented(`the parameter ${name}`)
    }
    return operation(input, call)
  }
}

/** 501: AWS supports it, the sandbox does not. */
export function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', 501, `The sandbox does not have ${what}.`)
}
