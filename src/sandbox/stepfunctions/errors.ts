import { ServiceError } from '../protocol/service-error.ts'

export function noMachine(arn: string | undefined): ServiceError {
  return new ServiceError('StateMachineDoesNotExist', 400, `State Machine Does Not Exist: '${arn}'`)
}

export function noExecution(arn: string | undefined): ServiceError {
  return new ServiceError('ExecutionDoesNotExist', 400, `Execution Does Not Exist: '${arn}'`)
}

/** 400: an input breaks a constraint of the service's model. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, message)
}

export function invalidName(name: string): ServiceError {
  return new ServiceError('InvalidName', 400, `Invalid Name: '${name}'`)
}

export function invalidArn(arn: string): ServiceError {
  return new ServiceError('InvalidArn', 400, `Invalid Arn: '${arn}'`)
}

export function invalidDefinition(reason: string): ServiceError {
  return new ServiceError('InvalidDefinition', 400, `Invalid State Machine Definition: '${reason}'`)
}

/** 501: the sandbox would run the state in another way than AWS. */
export function notRun(what: string): ServiceError {
  return new ServiceError('NotImplemented', 501, `The sandbox does not run ${what}.`)
}
