import * as z from 'zod'
import type { RuleTrigger } from '../../../function/triggers/wanted.ts'
import { duration, filledText, type Written, wholeNumber } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape, deadLetterField, patternSchema, sourceText } from './common.ts'

const targetShape = {
  input: z
    .record(z.string(), z.unknown(), 'a map')
    .optional()
    .describe('What the function gets in place of the event. Default: the event.'),
  retries: wholeNumber(0, 185)
    .optional()
    .describe('Retries of an event that could not be delivered. Default: 185.'),
  maximumAge: duration(60_000, 86_400_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe('The time for which an event is tried, from 1m to 24h. Default: 24h.'),
  deadLetterQueue: deadLetterField,
  ...commonShape,
}

export const eventShape = {
  eventbridge: sourceText("an event bus's name").describe(
    'An event bus of EventBridge: its name in the account and Region, as in default, or its ARN.',
  ),
  pattern: patternSchema.describe('The pattern of the events, as in {source: [shop]}.'),
  ...targetShape,
}

export const scheduleShape = {
  schedule: filledText(
    'a schedule, as in rate(1 day) or cron(0 7 * * ? *)',
    /^(?:rate|cron)\(.+\)$/,
  ).describe('A schedule in UTC, as in rate(1 day) or cron(0 7 * * ? *).'),
  ...targetShape,
}

export function eventTrigger(name: string, fields: Written<typeof eventShape>, at: Position): RuleTrigger {
  return {
    ...ruleTrigger(name, fields, at),
    kind: 'eventbridge',
    source: at.fill(fields.eventbridge, 'eventbridge'),
    pattern: JSON.stringify(fields.pattern),
  }
}

export function scheduleTrigger(
  name: string,
  fields: Written<typeof scheduleShape>,
  at: Position,
): RuleTrigger {
  return {
    ...ruleTrigger(name, fields, at),
    kind: 'schedule',
    schedule: at.fill(fields.schedule, 'schedule'),
  }
}

function ruleTrigger(
  name: string,
  fields: Written<typeof targetShape>,
  at: Position,
): Omit<RuleTrigger, 'kind'> {
  const { input, retries = 185, maximumAge = 86_400_000, deadLetterQueue } = fields
  return {
    ...commonOf(name, fields),
    source: 'default',
    pattern: '',
    schedule: '',
    input: input === undefined ? '' : JSON.stringify(input),
    retries,
    maximumAgeSeconds: maximumAge / 1000,
    deadLetterQueue: at.fillIfAny(deadLetterQueue, 'deadLetterQueue') ?? '',
  }
}
