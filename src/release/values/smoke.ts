/** An invocation that the candidate has to answer before it gets any traffic. */
export interface SmokeEvent {
  /** Tells it from the others; undefined for a lone one that has neither a name nor a file. */
  name: string | undefined
  payload: unknown
  /** Undefined: any answer will do that is no error. */
  expect: SmokeExpectation | undefined
}

/** The expected answer; undefined fields are not checked. */
export interface SmokeExpectation {
  /** The answer's `statusCode`, in the shape of API Gateway and function URLs. */
  status?: number | undefined
  /** JSON that the answer contains: maps with these keys at least, lists and all else equal. */
  payload?: unknown
}
