import * as Flags from '@oclif/core/flags'
import { LambdactlError } from '../../errors/error.ts'
import {
  parseSchedule,
  type WantedScaling,
  type WantedSchedule,
} from '../../operation/concurrency/scaling.ts'

export const scheduleFlag = {
  schedule: Flags.string({
    description:
      "other bounds from a time on, such as 'morning 10-50 cron(0 7 ? * MON-FRI *)'; may be repeated",
    multiple: true,
    helpValue: "'NAME MIN-MAX EXPRESSION'",
  }),
  timezone: Flags.string({
    description: 'the time zone of schedules, such as Europe/Berlin; default: UTC',
    helpValue: 'ZONE',
  }),
}

interface Given {
  min: number | undefined
  max: number | undefined
  target: number | undefined
  schedule: string[] | undefined
  timezone: string | undefined
}

/** The wanted scaling by the flags. @throws LambdactlError USAGE */
export function wantedScaling(
  isNone: boolean,
  { min, max, target = 70, schedule = [], timezone }: Given,
): WantedScaling | 'none' {
  if (isNone) return 'none'
  if (min === undefined || max === undefined) {
    throw usage('Expected --min and --max, the bounds of the environments, or none.')
  }
  if (min > max) throw usage(`Expected --min to be at most --max, got ${min} and ${max}.`)
  return { min, max, utilization: target / 100, schedules: schedule.map((text) => read(text, timezone)) }
}

function read(text: string, timezone: string | undefined): WantedSchedule {
  const found = parseSchedule(text, timezone)
  if (found) return found
  throw usage(`Expected a name, bounds and an expression as --schedule, got ${JSON.stringify(text)}.`)
}

function usage(message: string): LambdactlError {
  return new LambdactlError('USAGE', message, {
    next: [
      "As in: lambdactl concurrency autoscale checkout --min 2 --max 50 --schedule 'morning 10-50 cron(0 7 ? * MON-FRI *)'",
    ],
  })
}
