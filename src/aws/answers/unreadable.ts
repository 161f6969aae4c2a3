/** An answer that is not the service's: a proxy's, a sign-in page's, or half of one. The SDK tries again after it. */
export class Unreadable extends Error {
  override readonly name = 'UnreadableAnswer'
  /** Makes the SDK's own retries take it for a passing trouble. */
  readonly $retryable = { throttling: false }
  readonly $metadata: { httpStatusCode?: number }

  /**
   * @param what answered, or was answered: `an HTML page with status 200`
   * @param status of the answer, where there is one
   */
  constructor(what: string, status?: number) {
    super(`the answer is not the service's, but ${what}`)
    this.$metadata = status === undefined ? {} : { httpStatusCode: status }
  }
}
