import * as z from 'zod'
import type { BucketTrigger } from '../../../function/triggers/wanted.ts'
import { filledText, text, type Written } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape } from './common.ts'

export const bucketShape = {
  s3: filledText("a bucket's name", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).describe(
    'A bucket of S3 in the account and Region, by its name.',
  ),
  events: z
    .array(
      text('an event of S3, as in s3:ObjectCreated:*', /^s3:[A-Za-z]+(?::[A-Za-z*]+)?$/),
      'a list of events',
    )
    .min(1, 'at least one event')
    .optional()
    .describe('Default: s3:ObjectCreated:*.'),
  prefix: text('the beginning of keys').optional().describe('The beginning of the keys. Default: any.'),
  suffix: text('the end of keys').optional().describe('The end of the keys, as in .csv. Default: any.'),
  ...commonShape,
}

export function bucketTrigger(
  name: string,
  fields: Written<typeof bucketShape>,
  at: Position,
): BucketTrigger {
  const { events = ['s3:ObjectCreated:*'], prefix, suffix } = fields
  return {
    ...commonOf(name, fields),
    kind: 's3',
    source: at.fill(fields.s3, 's3'),
    events,
    prefix: at.fillIfAny(prefix, 'prefix') ?? '',
    suffix: at.fillIfAny(suffix, 'suffix') ?? '',
  }
}
