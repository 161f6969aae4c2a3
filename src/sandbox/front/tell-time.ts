import type { ServerResponse } from 'node:http'
import type { SandboxClock } from '../clock.ts'

/**
 * Tells the time in an answer if it isn't this machine's: in Date by whole seconds, and for lambdactl by milliseconds
 * with the speed, as in `x-lambdactl-clock: 1764273756123; speed=120`.
 */
export function tellTime(response: ServerResponse, { isReal, now, speed }: SandboxClock): ServerResponse {
  if (isReal()) return response
  const time = now()
  response.setHeader('date', new Date(time).toUTCString())
  response.setHeader('x-lambdactl-clock', `${time}; speed=${speed}`)
  return response
}
