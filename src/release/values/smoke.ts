/** An invocation that the candidate has to answer before it gets any traffic. */
export interface SmokeEvent {
  /** Distinguishes it from others; undefined for a single event that has neither a name nor a file. */
  name: string | undefined
  payload: unknown
  /** Undefined: any answer passes, except an error. */
  expect: SmokeExpectation | undefined
}

/** The expected answer; undefined fields are not checked. */
export interface SmokeExpectation {
  /** The answer's `statusCode`, in the shape of API Gateway and function URLs. */
  status?: number | undefined
  /** JSON that the answer contains: maps need these keys at least; lists and all other values must be equal. */
  payload?: unknown
}
