import * as z from 'zod'
import type { Moment } from '../../../function/triggers/wanted.ts'
import { text } from '../../values/fields.ts'

/** The fields of every kind of trigger. */
export const commonShape = {
  apply: z
    .enum(['before', 'after'])
    .optional()
    .describe(
      'before: applied before traffic moves to the new version; after: once it has baked. Default: after.',
    ),
}

/** A source's name or its ARN. */
export function sourceText(of: string) {
  return text(`${of} or its ARN`)
}

export const deadLetterField = sourceText("a queue's name")
  .optional()
  .describe('A queue for events that could not be delivered: its name or its ARN. Default: none.')

/** A pattern for events, as JSON writes it. */
export const patternSchema = z.record(z.string(), z.unknown(), 'a pattern, as in {body: {kind: [order]}}')

/** The common fields of a trigger with its name. */
export function commonOf(
  name: string,
  { apply = 'after' }: { apply?: Moment | undefined },
): {
  name: string
  apply: Moment
} {
  return { name, apply }
}
