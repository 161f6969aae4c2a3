import { brokenRule, ServiceError } from '../protocol/service-error.ts'

/** 400. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

/** 400: a value breaks a rule of the model. */
export function broken(field: string, value: string | number, rule: string): ServiceError {
  return invalid(brokenRule(field, rule, `'${value}'`))
}

/** 400, though it is not there. AWS has words for secrets only. */
export function notFound(message = ''): ServiceError {
  return new ServiceError('ParameterNotFound', 400, message)
}

/** 400. */
export function invalidToken(): ServiceError {
  return new ServiceError('InvalidNextToken', 400, 'The specified token is not valid.')
}
