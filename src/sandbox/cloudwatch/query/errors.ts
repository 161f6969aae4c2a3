import { ServiceError } from '../../protocol/service-error.ts'

/** 400: a parameter has a value that CloudWatch does not take. */
export function invalidValue(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message)
}

/** 400: parameters that do not go together. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError('InvalidParameterCombinationException', 400, message)
}

/** 400: a parameter that must be there is not. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError(
    'MissingRequiredParameterException',
    400,
    `The parameter ${name} is required. It must be included.`,
  )
}

/** 400, as the alarm operations answer what they cannot save. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', 400, message)
}

/** 404: no alarm of that name. */
export function unknownAlarm(names: readonly string[]): ServiceError {
  return new ServiceError('ResourceNotFound', 404, `Unknown alarm: ${names.join(', ')}`)
}

/** 400: a token that this operation never gave. */
export function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 400, 'The next token specified is invalid.')
}
