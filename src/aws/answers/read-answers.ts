import type { DeserializeMiddleware, HandlerExecutionContext, Pluggable } from '@smithy/types'
import { lackingMember } from './answer-checks.ts'
import { requestIdOf } from './tell-calls.ts'
import { Unreadable } from './unreadable.ts'

/** The parts of an HTTP answer that are read. */
interface RawAnswer {
  statusCode: number
  headers: Readonly<Record<string, string>>
}

/**
 * Makes each command of a client fail with `Unreadable` if the answer is not the service's: an HTML page of any status,
 * half a document, JSON of another shape. The SDK alone takes much of that for success, or throws a parser's error.
 *
 * @param onRead is called with each good answer, and the time of its request; `performance.now()`
 */
export function readAnswers<Input extends object, Output extends object>(
  onRead: (headers: RawAnswer['headers'], sentAt: number) => void,
): Pluggable<Input, Output> {
  const middleware: DeserializeMiddleware<Input, Output> = (next, context) => async (args) => {
    const sentAt = performance.now()
    const result = await next(args).catch((error: unknown) => {
      throw unreadableOf(error, context) ?? error
    })
    const raw = result.response as RawAnswer
    const problem = problemOf(raw, result.output ?? {}, context)
    if (problem !== undefined) throw new Unreadable(problem, raw.statusCode)
    if (requestIdOf(raw) !== undefined) onRead(raw.headers, sentAt)
    return result
  }
  return { applyToStack: (stack) => stack.add(middleware, { step: 'deserialize', priority: 'high' }) }
}

/** Returns the reason why an answer that the SDK took for success can't be the service's; undefined if it can. */
function problemOf(raw: RawAnswer, answer: object, context: HandlerExecutionContext): string | undefined {
  const known = requestIdOf(raw) !== undefined
  if (!known && isHtml(raw)) return described(raw)
  const members = Object.entries(answer).filter(
    ([name, value]) => name !== '$metadata' && value !== null && value !== undefined,
  )
  // An invocation's payload may have any form.
  const isAny = members.length === 0 || (operationOf(context) === 'Invoke' && !('ExecutedVersion' in answer))
  if (!known && isAny) return `${described(raw)} without any of the expected fields`
  const lacking = lackingMember(operationOf(context), answer)
  return lacking && `${described(raw)} without ${lacking}`
}

/**
 * Turns an error from reading an answer into an `Unreadable`; undefined for an error of the network or of the service
 * itself.
 */
function unreadableOf(thrown: unknown, context: HandlerExecutionContext): Unreadable | undefined {
  const error = thrown as { $fault?: string; name?: string; code?: string; $response?: RawAnswer }
  const raw = error?.$response
  // Without an answer there was nothing to read; an incomplete answer has a code of the network's.
  if (!raw || isBrokenOff(error.code)) return undefined
  if (!error.$fault) return new Unreadable(described(raw), raw.statusCode)
  if (raw.statusCode === 407 || raw.statusCode === 511)
    return new Unreadable(`that of a proxy that asks to sign in (status ${raw.statusCode})`, raw.statusCode)
  // S3 does redirect, to a bucket's own Region.
  const isRedirect = raw.statusCode < 400 && context.clientName !== 'S3Client'
  // Each AWS service names its errors, and numbers its answers.
  const isNameless = requestIdOf(raw) === undefined && (error.name ?? 'Unknown').startsWith('Unknown')
  return isRedirect || isNameless ? new Unreadable(described(raw), raw.statusCode) : undefined
}

function isBrokenOff(code: string | undefined): boolean {
  return code !== undefined && /^E[A-Z]+$|^ERR_STREAM/.test(code)
}

function operationOf({ commandName }: HandlerExecutionContext): string {
  return (commandName ?? '').replace(/Command$/, '')
}

function isHtml({ headers }: RawAnswer): boolean {
  return /^\s*text\/html/i.test(headers['content-type'] ?? '')
}

function described(raw: RawAnswer): string {
  const type = isHtml(raw) ? 'an HTML page' : 'a document'
  return `${type} with status ${raw.statusCode}`
}
