import { ServiceError } from '../../protocol/service-error.ts'

export function noBus(name: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, `Event bus ${name} does not exist.`)
}

export function noRule(name: string, bus: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, `Rule ${name} does not exist on EventBus ${bus}.`)
}

/** 400: a value of a request is wrong. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}
