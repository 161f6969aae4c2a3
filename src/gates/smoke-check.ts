import type { Check } from '../release/check.ts'

/** What a smoke invocation of the candidate answered. */
export interface SmokeAnswer {
  payload: string
  functionError: string | undefined
}

/**
 * The candidate must start and answer its smoke event at 0%. Without an event nothing is invoked, since any payload of
 * our own could set off the real thing; the check says so.
 */
export function smokeCheck(answer: SmokeAnswer | undefined): Check {
  const title = 'smoke'
  if (!answer) {
    return {
      title,
      outcome: 'warn',
      detail: 'no release.smoke event is configured: the candidate was not tried before the shift',
    }
  }
  if (answer.functionError !== undefined) {
    return {
      title,
      outcome: 'fail',
      detail: `the candidate failed its smoke event: ${excerpt(answer.payload)}`,
    }
  }
  return { title, outcome: 'pass', detail: 'the candidate started and answered its smoke event at 0%' }
}

function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
