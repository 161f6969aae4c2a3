import type { Check } from '../../release/values/check.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { SmokeEvent, SmokeExpectation } from '../../release/values/smoke.ts'
import { firstDifference } from './expectation.ts'

/** The candidate's answer to a smoke invocation. */
export interface SmokeAnswer {
  payload: string
  functionError: string | undefined
  /** The time until the answer, milliseconds. */
  afterMs: number
}

/** Without an event nothing is invoked, since a made-up payload could start real work; the check says so. */
export const untried: Check = {
  title: 'smoke',
  outcome: 'warn',
  detail: 'no release.smoke event is configured, so the candidate is not tried before the shift',
}

/** Checks that the candidate starts at 0% and answers a smoke event as expected. */
export function smokeCheck(event: SmokeEvent, answer: SmokeAnswer): Check {
  const { payload, functionError, afterMs } = answer
  const title = titleOf(event)
  if (functionError !== undefined) {
    return { title, outcome: 'fail', detail: `the candidate failed its smoke event: ${excerpt(payload)}` }
  }
  const difference = event.expect && unexpected(event.expect, payload)
  if (difference !== undefined) {
    return { title, outcome: 'fail', detail: `${difference}; the candidate answered: ${excerpt(payload)}` }
  }
  const what = event.expect ? 'its smoke event as expected' : 'its smoke event'
  const detail = `the candidate started and answered ${what} at 0%, in ${durationWords(afterMs)}`
  return { title, outcome: 'pass', detail }
}

/** The candidate could not be invoked. That proves nothing, so it fails like a wrong answer. */
export function unasked(event: SmokeEvent, why: string, next: readonly string[] = []): Check {
  const detail = `the candidate could not be tried: ${why}`
  return { title: titleOf(event), outcome: 'fail', detail, ...(next.length > 0 ? { next } : {}) }
}

function titleOf({ name }: SmokeEvent): string {
  return name === undefined ? 'smoke' : `smoke ${name}`
}

/** The difference between an answer and the expected one; undefined if there is none. */
function unexpected({ status, payload }: SmokeExpectation, text: string): string | undefined {
  const answer = parsed(text)
  if (!answer) return 'expected JSON, got something else'
  const statusDiffers =
    status === undefined ? undefined : firstDifference({ statusCode: status }, answer.value)
  if (statusDiffers !== undefined || payload === undefined) return statusDiffers
  return firstDifference(payload, hasMap(payload, 'body') ? withParsedBody(answer.value) : answer.value)
}

/** An HTTP answer carries its body as text; a JSON body is compared as JSON. */
function withParsedBody(answer: unknown): unknown {
  if (!isObject(answer) || typeof answer['body'] !== 'string') return answer
  const body = parsed(answer['body'])
  return body ? { ...answer, body: body.value } : answer
}

function hasMap(value: unknown, key: string): boolean {
  return isObject(value) && isObject(value[key])
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** The answer on one line. */
function excerpt(answer: string): string {
  const text = answer.replace(/\s+/g, ' ')
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
