/** An error answer of an emulated service, with AWS's code, HTTP status and message. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: string
  readonly status: number
  /** Further members of the error's shape, such as `Type` or `Reason`. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: string,
    status: number,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}

/**
 * The sentence in which AWS's services say that a value breaks a rule of their model; the code of the error is each
 * service's own.
 *
 * @param field in the model's lower camel case
 * @param value as the service repeats it; absent where it does not
 */
export function brokenRule(field: string, rule: string, value?: string): string {
  const given = value === undefined ? 'Value' : `Value ${value}`
  return `1 validation error detected: ${given} at '${field}' failed to satisfy constraint: ${rule}`
}

/** 400: a value breaks a rule of the model, for services that say so by this code. */
export function validation(value: string, field: string, rule: string): ServiceError {
  return new ServiceError('ValidationException', 400, brokenRule(field, rule, value))
}
