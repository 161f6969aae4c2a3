import * as z from 'zod'
import type { AlarmKind, AlarmLimits } from '../../operation/alarms/kinds.ts'
import { duration, filledText, wholeNumber } from '../values/fields.ts'

/** The limits that a function has unless the file says another, or `false`. */
const usual = { errors: { percent: 1 }, throttles: 1 } as const satisfies AlarmLimits

const rateExpected = 'a share as in 1% or 0.5%, a number of failed invocations in a minute, or false'
const rate = z.union(
  [
    z
      .string()
      .regex(/^(?:100|[1-9]?\d(?:\.\d{1,3})?)%$/, rateExpected)
      .transform((text) => ({ percent: Number.parseFloat(text) })),
    z.int().min(1).max(1_000_000_000),
    z.literal(false),
  ],
  rateExpected,
)
const countExpected = 'a number in a minute, or false'
const count = z.union([wholeNumber(1, 1_000_000_000), z.literal(false)], countExpected)
const spanExpected = 'a duration as in 500ms or 2s, or false'
const arns = z
  .array(filledText('the ARN of an SNS topic or another action', /^arn:/), 'a list of ARNs')
  .max(5, 'at most 5 ARNs, by CloudWatch')

const alarmFields = z.strictObject({
  errors: rate
    .optional()
    .describe(
      'The share of failed invocations in a minute above which the alarm fires, or their number. Default: 1%.',
    ),
  throttles: count
    .optional()
    .describe('The number of throttled requests in a minute from which the alarm fires. Default: 1.'),
  p99: z
    .union([duration(1, 900_000), z.literal(false)], spanExpected)
    .optional()
    .describe(
      'The duration above which the slowest hundredth of a minute may not be. Default: no such alarm.',
    ),
  iteratorAge: z
    .union([duration(1), z.literal(false)], spanExpected)
    .optional()
    .describe('The time that records of a stream may wait. Default: no such alarm.'),
  deadLetterErrors: count
    .optional()
    .describe(
      'The number of events in a minute that the dead-letter queue could not take, from which the alarm fires. Default: 1 with deadLetter, else no such alarm.',
    ),
  actions: arns.optional().describe('ARNs, such as of SNS topics, that an alarm informs when it fires.'),
  okActions: arns.optional().describe('ARNs that an alarm informs when it is OK again.'),
})

/** `alarms` of a function as the file writes it. */
export const ensuredSchema = z.union([z.boolean(), alarmFields], 'true, false or a map of limits')

type Written = z.output<typeof ensuredSchema>

/** The limits of the alarms that `alarms ensure` makes; undefined for none. */
export function limitsOf(written: Written | undefined, hasDeadLetter: boolean): AlarmLimits | undefined {
  if (written === undefined || written === false) return undefined
  const { actions: _, okActions: __, ...limits } = written === true ? {} : written
  const all: object = { ...usual, ...(hasDeadLetter && { deadLetterErrors: 1 }), ...defined(limits) }
  return Object.fromEntries(Object.entries(all).filter(([, limit]) => limit !== false)) as AlarmLimits
}

function defined(limits: Partial<Record<AlarmKind, unknown>>): object {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined))
}
