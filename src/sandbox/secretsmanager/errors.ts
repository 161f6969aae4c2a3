import { ServiceError } from '../protocol/service-error.ts'

/** 400: Secrets Manager has no other status for its refusals. */
export function refusal(
  kind:
    | 'InvalidParameterException'
    | 'InvalidRequestException'
    | 'ResourceExistsException'
    | 'ValidationException',
  message: string,
): ServiceError {
  return new ServiceError(kind, 400, message)
}

/** 400, though it is not there. */
export function notFound(what = '.'): ServiceError {
  const message = `Secrets Manager can't find the specified secret${what}`
  return new ServiceError('ResourceNotFoundException', 400, message)
}
