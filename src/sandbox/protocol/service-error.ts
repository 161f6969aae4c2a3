/** An error answer of an emulated service, with AWS's code, HTTP status and message. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: string
  readonly status: number
  /** Further members of the error's shape, such as `Type` or `Reason`. */
  readonly details: Readonly<Record<string, string>>

  constructor(code: string, status: number, message: string, details: Readonly<Record<string, string>> = {}) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

/** 400: a value breaks a constraint of the API's model. */
export function validation(message: string): ServiceError {
  return new ServiceError('ValidationException', 400, `1 validation error detected: ${message}`)
}
