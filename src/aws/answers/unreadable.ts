/** An answer that is not the service's: from a proxy, a sign-in page, or incomplete. The SDK tries again after it. */
export class Unreadable extends Error {
  override readonly name = 'UnreadableAnswer'
  /** Makes the SDK's own retries treat it as a temporary error. */
  readonly $retryable = { throttling: false }
  readonly $metadata: { httpStatusCode?: number }

  /**
   * @param what the kind of answer: `an HTML page with status 200`
   * @param status of the answer, if there is one
   */
  constructor(what: string, status?: number) {
    super(`the answer is not the service's, but ${what}`)
    this.$metadata = status === undefined ? {} : { httpStatusCode: status }
  }
}
