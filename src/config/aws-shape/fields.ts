import * as z from 'zod'
import { text, wholeNumber } from '../values/fields.ts'

/** A list of texts, as AWS's API has it. */
export const names = (what: string) => z.array(text('text'), `a list of ${what}`).optional()

/** A number of seconds, read as milliseconds, as a duration is. */
export const seconds = (least: number, most: number) =>
  wholeNumber(least, most)
    .transform((count) => count * 1000)
    .optional()
