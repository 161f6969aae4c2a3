import * as z from 'zod'
import { durationPattern, formatDuration, parseDuration } from '../../release/values/duration.ts'

// The text given to each check says what was expected: schema/problems.ts completes it to "expected …, got …".

/** The fields of a shape as they are written. */
export type Written<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>

/** Text of a pattern; any that is not empty where none is given. */
export function text(expected: string, pattern = /./) {
  return z.string(expected).regex(pattern, expected)
}

/** An ARN that need not be given; null takes away what is there. */
export const arnOrNull = text('an ARN, or null for none').nullable().optional()

/** Text of a pattern once it is filled in: what has `${…}` is taken as it is. */
export function filledText(expected: string, pattern: RegExp) {
  return text(expected, new RegExp(`${pattern.source}|\\$\\{`))
}

export function wholeNumber(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`
  return z.int(expected).min(least, expected).max(most, expected)
}

/** A duration's text, read as milliseconds. */
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
