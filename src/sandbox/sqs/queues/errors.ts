import { ServiceError } from '../../protocol/service-error.ts'

/** The names of SQS's errors that its model does not have, with their codes in awsQuery. */
export const otherCodes: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterValueException', 'InvalidParameterValue'],
  ['MissingRequiredParameterException', 'MissingParameter'],
])

export function noQueue(): ServiceError {
  return new ServiceError('QueueDoesNotExist', 400, 'The specified queue does not exist.')
}

/** 400: a value of a request is wrong. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', 400, message)
}

/** The form that most of SQS's refusals of a value have. */
export function invalidValue(value: unknown, parameter: string, reason: string): ServiceError {
  return invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`)
}

export function missingParameter(name: string): ServiceError {
  const message = `The request must contain the parameter ${name}.`
  return new ServiceError('MissingRequiredParameterException', 400, message)
}

/** 400: an attribute of a queue has a wrong value. */
export function invalidAttribute(name: string, reason?: string): ServiceError {
  const why = reason === undefined ? '' : ` Reason: ${reason}`
  return new ServiceError('InvalidAttributeValue', 400, `Invalid value for the parameter ${name}.${why}`)
}

export function unknownAttribute(name: string): ServiceError {
  return new ServiceError('InvalidAttributeName', 400, `Unknown Attribute ${name}.`)
}
