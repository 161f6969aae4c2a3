import { chalkStderr as colour } from 'chalk'
import type { AwsCall } from '../../aws/answers/tell-calls.ts'
import { durationWords } from '../../release/values/duration.ts'
import { plainLine } from '../text/plain.ts'

/** `Lambda UpdateAlias 429 TooManyRequestsException in 12 ms, request 8f2c1a90-…, try 1 of 3`. */
export function callText({ service, operation, status, problem, ...call }: AwsCall): string {
  const answer = status === undefined ? `no answer (${problem})` : `${status}${problem ? ` ${problem}` : ''}`
  const { tookMs, requestId, attempt, attempts } = call
  const facts = [
    `${service} ${operation} ${answer} in ${durationWords(tookMs)}`,
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
    ...(attempt > 1 || problem !== undefined ? [`try ${attempt} of ${attempts}`] : []),
  ]
  return colour.dim(plainLine(facts.join(', ')))
}
