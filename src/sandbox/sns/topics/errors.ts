import { ServiceError } from '../../protocol/service-error.ts'

/** 400: a value of a request is wrong. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', 400, `Invalid parameter: ${message}`)
}

/** 404: there is no such topic or subscription. */
export function notFound(kind: 'Topic' | 'Subscription'): ServiceError {
  return new ServiceError('NotFoundException', 404, `${kind} does not exist`)
}
