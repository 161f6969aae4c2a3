/** A call that was ended by the signal before its answer came. */
export class Ended extends Error {
  override readonly name = 'AbortError'
  /** Whether what was asked for may have been done all the same. */
  readonly mayBeDone: boolean

  constructor(operation: string) {
    super('it was ended before an answer came')
    this.mayBeDone = !/^(?:Get|List|Describe|Filter|Head)/.test(operation)
  }
}

interface SendOptions {
  abortSignal?: AbortSignal
}

type Send = (command: { schema?: readonly unknown[] }, options?: SendOptions) => Promise<unknown>

/**
 * Ends a client's calls that are under way when a signal is aborted, whatever they wait for: an answer, credentials, or
 * the next try. Calls that begin later are not ended: what an interrupt asks for, such as a rollback, has to be done.
 */
export function endCalls(client: object, signal: AbortSignal): void {
  const sending = client as { send: Send }
  const send = sending.send.bind(client)
  sending.send = async (command, options) => {
    if (signal.aborted) return send(command, options)
    const { promise: ended, reject } = Promise.withResolvers<never>()
    const onAbort = () => reject(new Ended(String(command.schema?.[2])))
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      // The connection is let go as well, and nothing is tried again.
      const abortSignal = options?.abortSignal ? AbortSignal.any([signal, options.abortSignal]) : signal
      return await Promise.race([send(command, { ...options, abortSignal }), ended])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }
}
