import { ServiceError } from '../../protocol/service-error.ts'

/** 400: a value of a request is wrong. */
export function invalidArgument(message: string): ServiceError {
  return new ServiceError('InvalidArgumentException', 400, message)
}

/** 400: an input breaks Kinesis's service model. */
export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

export function noStream(name: string, account: string): ServiceError {
  const message = `Stream ${name} under account ${account} not found.`
  return new ServiceError('ResourceNotFoundException', 400, message)
}

export function noShard(shard: string, name: string, account: string): ServiceError {
  const message = `Shard ${shard} in stream ${name} under account ${account} does not exist`
  return new ServiceError('ResourceNotFoundException', 400, message)
}

/** 400: a stream is in a state that does not allow a change. */
export function inUse(message: string): ServiceError {
  return new ServiceError('ResourceInUseException', 400, message)
}

export function limitExceeded(message: string): ServiceError {
  return new ServiceError('LimitExceededException', 400, message)
}
