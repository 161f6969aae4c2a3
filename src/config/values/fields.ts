import * as z from 'zod'
import { durationPattern, formatDuration, parseDuration } from '../../release/values/duration.ts'

// The text of each check names the expected value: schema/problems.ts completes it to "expected …, got …".

/** The fields of a shape as the file writes them. */
export type Written<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>

/** A text that matches a pattern; without a pattern, any text that is not empty. */
export function text(expected: string, pattern = /./) {
  return z.string(expected).regex(pattern, expected)
}

/** An optional ARN; null removes the present one. */
export const arnOrNull = text('an ARN, or null for none').nullable().optional()

/** A text that matches a pattern after `${…}` is replaced; with `${…}` it is accepted as it is. */
export function filledText(expected: string, pattern: RegExp) {
  return text(expected, new RegExp(`${pattern.source}|\\$\\{`))
}

export function wholeNumber(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`
  return z.int(expected).min(least, expected).max(most, expected)
}

/** A duration's text, converted to milliseconds. */
export function duration(least: number, most = Number.POSITIVE_INFINITY) {
  const range =
    most === Number.POSITIVE_INFINITY ? '' : ` from ${formatDuration(least)} to ${formatDuration(most)}`
  const expected = `a duration${range}, as in 10s or 5m`
  return z
    .string(expected)
    .regex(durationPattern, { error: expected, abort: true })
    .transform((written, context) => {
      const milliseconds = parseDuration(written)
      if (milliseconds !== undefined && milliseconds >= least && milliseconds <= most) return milliseconds
      context.issues.push({ code: 'custom', message: expected, input: written })
      return z.NEVER
    })
}
