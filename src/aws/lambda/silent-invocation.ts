import { GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import type { LambdaApi } from './api.ts'

/** After this silence of an invocation Lambda is asked whether it can be reached, milliseconds. */
const silenceMs = 4000

/**
 * Invokes a function, which may be silent for a quarter of an hour, but not where Lambda has never been heard: then it
 * is asked something small beside the invocation, and any answer will do.
 *
 * @param invoke ends the invocation when its signal is aborted
 * @throws the error of whichever failed
 */
export async function whileHeard<Answer>(
  { call, heard }: LambdaApi,
  { name, action }: { name: string; action: string },
  invoke: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const over = new AbortController()
  const { promise: unheard, reject } = Promise.withResolvers<never>()
  const ask = () =>
    call(action, new GetFunctionConcurrencyCommand({ FunctionName: name }), over.signal).catch(
      (error: unknown) => {
        if (!heard.isMade) reject(error)
      },
    )
  const timer = heard.isMade ? undefined : setTimeout(() => void ask(), silenceMs)
  try {
    return await Promise.race([invoke(over.signal), unheard])
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}
