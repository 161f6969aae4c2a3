/** A call that was ended by the signal before its answer came. */
export class Ended extends Error {
  override readonly name = 'AbortError'
  /** Whether the call may have had its effect. */
  readonly mayBeDone: boolean

  constructor(operation: string) {
    super('the call was ended before AWS answered')
    this.mayBeDone = !/^(?:Get|List|Describe|Filter|Head)/.test(operation)
  }
}

/** The signal that ends all calls under way, and a second one for this call alone. */
type Signals = readonly [all: AbortSignal | undefined, one: AbortSignal | undefined]

/**
 * Ends a call that is under way when the signal of all calls is aborted, while it waits for an answer, for credentials,
 * or for the next try. A call that begins later is not ended: the work after an interrupt, such as a rollback, has to
 * be done.
 */
export async function untilEnded<Answer>(
  operation: string,
  [all, one]: Signals,
  send: (signal: AbortSignal | undefined) => Promise<Answer>,
): Promise<Answer> {
  if (!all || all.aborted) return send(one)
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(new Ended(operation))
  all.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([send(one ? AbortSignal.any([all, one]) : all), ended])
  } finally {
    all.removeEventListener('abort', onAbort)
  }
}
