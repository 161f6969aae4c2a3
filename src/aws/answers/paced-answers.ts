import type { DeserializeMiddleware, Pluggable } from '@smithy/types'
import { isLoopbackHost } from '../../errors/loopback.ts'
import { type PacedSample, pacedHeader } from './paced-time.ts'

/** The parts of a request and its answer that are used. */
interface Answer {
  headers: Record<string, string>
}

/**
 * Learns the time from the answers of a server on this machine that says how fast its clock runs. Its Date is hidden
 * from the SDK, which would take this machine's clock for wrong, sign for another time and repeat refused calls.
 *
 * @param onTime called with the time in each such answer, and with undefined if the client's server stopped telling it:
 * a sandbox was started again at real speed
 */
export function pacedAnswers<Input extends object, Output extends object>(
  onTime: (sample: PacedSample | undefined) => void,
): Pluggable<Input, Output> {
  let isPaced = false
  const read = ({ headers }: Answer, sentAt: number) => {
    const told = pacedHeader(headers['x-lambdactl-clock'])
    if (!told) {
      if (isPaced) onTime(undefined)
      isPaced = false
      return
    }
    isPaced = true
    onTime({ ...told, sentAt, receivedAt: performance.now() })
    headers['date'] = new Date().toUTCString()
  }
  const middleware: DeserializeMiddleware<Input, Output> = (next) => async (args) => {
    const { hostname } = args.request as { hostname: string }
    if (!isLoopbackHost(hostname)) return next(args)
    const sentAt = performance.now()
    try {
      const result = await next(args)
      read(result.response as Answer, sentAt)
      return result
    } catch (error) {
      const { $response } = error as { $response?: Answer }
      if ($response) read($response, sentAt)
      throw error
    }
  }
  return { applyToStack: (stack) => stack.add(middleware, { step: 'deserialize', priority: 'low' }) }
}
