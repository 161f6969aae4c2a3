import * as Flags from '@oclif/core/flags'
import type { EventSource } from '../../sandbox/own/sample-event.ts'

export type { EventSource } from '../../sandbox/own/sample-event.ts'

/** The flag of commands about one running sandbox. */
export const sandboxPortFlag = {
  port: Flags.integer({
    description: 'the port of the sandbox, if several run',
    min: 1,
    max: 65_535,
    helpValue: 'PORT',
  }),
}

/** The sources of `sandbox event` and `sandbox traffic`. */
export const eventSources: readonly EventSource[] = [
  'dynamodb',
  'eventbridge',
  'http',
  'kinesis',
  's3',
  'schedule',
  'sns',
  'sqs',
]
