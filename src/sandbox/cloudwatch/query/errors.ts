import { ServiceError } from '../../protocol/service-error.ts'

/** 400: CloudWatch does not accept a parameter's value. */
export function invalidValue(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message)
}

/** 400: parameters that exclude each other. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError('InvalidParameterCombinationException', 400, message)
}

/** 400: a required parameter is missing. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError(
    'MissingRequiredParameterException',
    400,
    `The parameter ${name} is required. It must be included.`,
  )
}

/** 400: an alarm that the alarm operations cannot save. */
export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', 400, message)
}

/** 404: no alarm of that name. */
export function unknownAlarm(names: readonly string[]): ServiceError {
  return new ServiceError('ResourceNotFound', 404, `Unknown alarm: ${names.join(', ')}`)
}

/** 404: tags of a resource that does not exist. */
export function noResource(arn: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', 404, `The resource ${arn} does not exist.`)
}

/** 400: a token from another operation. */
export function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 400, 'The next token specified is invalid.')
}
