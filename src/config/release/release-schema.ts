import * as z from 'zod'
import { duration } from '../values/fields.ts'
import { alarmsSchema, insufficientDataSchema } from './alarms.ts'
import { compareSchema } from './comparison.ts'
import { hooksSchema } from './hooks.ts'
import { smokeSchema } from './smoke.ts'
import { stepsSchema } from './steps.ts'

/** How traffic moves to a new version, as it is written. */
export const releaseSchema = z.strictObject({
  steps: stepsSchema
    .optional()
    .describe(
      'Weights of the candidate in percent, before it gets 100, or {linear: 10} for equal ones. Default: [10, 50].',
    ),
  every: duration(0).optional().describe('How long a step lasts that has no "for". Default: 5m.'),
  bake: duration(0).optional().describe('How long to watch after 100%. Default: 10m.'),
  alarms: alarmsSchema
    .optional()
    .describe(
      'CloudWatch alarms that stop the release: names, ARNs, or {prefix: checkout-} for all whose names begin so. They have to exist.',
    ),
  insufficientData: insufficientDataSchema
    .optional()
    .describe(
      'What an alarm without data says: inconclusive holds the step and then pauses, pass moves on, fail rolls back. Default: inconclusive.',
    ),
  compare: compareSchema
    .optional()
    .describe(
      'Compare the metrics of both versions while a canary runs: true, or what differs from the defaults. Default: false.',
    ),
  smoke: smokeSchema
    .optional()
    .describe(
      'An invocation, or a list of them, that the candidate has to answer before it gets any traffic.',
    ),
  hooks: hooksSchema
    .optional()
    .describe(
      'Commands that run beside lambdactl at points of a release and decide about it (docs/releases.md).',
    ),
})
