import { ServiceError } from '../../protocol/service-error.ts'

/** 400: an input is wrong. */
export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

export function notFound(what: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, `Requested resource not found: ${what}`)
}
