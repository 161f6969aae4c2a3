import { ServiceError } from '../protocol/service-error.ts'

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', 400, message)
}

export function noGroup(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, 'The specified log group does not exist.')
}

export function noStream(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 400, 'The specified log stream does not exist.')
}

/** @param what `log group` or `log stream` */
export function alreadyThere(what: string): ServiceError {
  return new ServiceError('ResourceAlreadyExistsException', 400, `The specified ${what} already exists`)
}

/** 400: a group has as many filters as it may have. */
export function limitExceeded(): ServiceError {
  return new ServiceError('LimitExceededException', 400, 'Resource limit exceeded.')
}
