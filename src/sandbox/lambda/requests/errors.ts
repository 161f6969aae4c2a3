import { ServiceError } from '../../protocol/service-error.ts'

const user = { Type: 'User' }

/** 400: refused by Lambda itself, not by the API's model. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message, user)
}

/** 400: one of Lambda's refusals without a `Type`. */
export function untypedInvalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message)
}

/** 404. */
export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 404, message, user)
}

/** 409. */
export function conflict(message: string): ServiceError {
  return new ServiceError('ResourceConflictException', 409, message, user)
}

/** 413. */
export function tooLarge(message: string): ServiceError {
  return new ServiceError('RequestEntityTooLargeException', 413, message, user)
}

/** 404, with the requested ARN, including its qualifier. */
export function functionNotFound(arn: string): ServiceError {
  return notFound(`Function not found: ${arn}`)
}

/** 412: the caller's `RevisionId` is outdated; `api` is the call for the current one. */
export function staleRevision(api: 'GetFunction/GetAlias' | 'GetPolicy' | 'GetLayerPolicy'): ServiceError {
  return new ServiceError(
    'PreconditionFailedException',
    412,
    `The Revision Id provided does not match the latest Revision Id. Call the ${api} API to retrieve the latest Revision Id`,
    user,
  )
}
