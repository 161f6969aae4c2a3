import * as z from 'zod'
import type { TopicTrigger } from '../../../function/triggers/wanted.ts'
import type { Written } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape, deadLetterField, patternSchema, sourceText } from './common.ts'

export const topicShape = {
  sns: sourceText("a topic's name").describe(
    'A topic of SNS: its name in the account and Region, or its ARN.',
  ),
  filter: patternSchema.optional().describe('A filter policy. Default: every message.'),
  filterScope: z
    .enum(['attributes', 'body'])
    .optional()
    .describe('The part of a message that the filter is for. Default: attributes.'),
  deadLetterQueue: deadLetterField,
  ...commonShape,
}

export function topicTrigger(name: string, fields: Written<typeof topicShape>, at: Position): TopicTrigger {
  const { filter, filterScope = 'attributes' } = fields
  return {
    ...commonOf(name, fields),
    kind: 'sns',
    source: at.fill(fields.sns, 'sns'),
    filter: filter === undefined ? '' : JSON.stringify(filter),
    filterScope,
    deadLetterQueue: at.fillIfAny(fields.deadLetterQueue, 'deadLetterQueue') ?? '',
  }
}
