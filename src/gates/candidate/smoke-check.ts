import type { Check } from '../../release/values/check.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { SmokeEvent, SmokeExpectation } from '../../release/values/smoke.ts'
import { firstDifference } from './expectation.ts'

/** The candidate's answer to a smoke invocation. */
export interface SmokeAnswer {
  payload: string
  functionError: string | undefined
  /** How long the answer took, milliseconds. */
  afterMs: number
}

/** Without an event nothing is invoked, since any payload of our own could set off the real thing; the check says so. */
export const untried: Check = {
  title: 'smoke',
  outcome: 'warn',
  detail: 'no release.smoke event is configured: the candidate was not tried before the shift',
}

/** The candidate must start and answer a smoke event at 0%, with what is expected where something is. */
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

/** The candidate could not be asked, which proves nothing: that fails like a wrong answer. */
export function unasked(event: SmokeEvent, why: string, next: readonly string[] = []): Check {
  const detail = `the candidate was not proven: ${why}`
  return { title: titleOf(event), outcome: 'fail', detail, ...(next.length > 0 ? { next } : {}) }
}

function titleOf({ name }: SmokeEvent): string {
  return name === undefined ? 'smoke' : `smoke ${name}`
}

/** How an answer differs from what is expected of it; undefined where it doesn't. */
function unexpected({ status, payload }: SmokeExpectation, text: string): string | undefined {
  const answer = parsed(text)
  if (!answer) return 'expected JSON, got something else'
  const statusDiffers =
    status === undefined ? undefined : firstDifference({ statusCode: status }, answer.value)
  if (statusDiffers !== undefined || payload === undefined) return statusDiffers
  return firstDifference(payload, hasMap(payload, 'body') ? withParsedBody(answer.value) : answer.value)
}

/** HTTP answers carry their body as text; where that is JSON, it is compared as such. */
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

/** On one line, whatever was answered. */
function excerpt(answer: string): string {
  const text = answer.replace(/\s+/g, ' ')
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
