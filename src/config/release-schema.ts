import { z } from 'zod'
import { compareSchema } from './comparison.ts'
import { duration, text } from './fields.ts'
import { hooksSchema } from './hooks.ts'
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
  alarms: z
    .array(text("an alarm's name"), 'a list of alarm names')
    .optional()
    .describe('CloudWatch alarms that stop the release. They have to exist.'),
  compare: compareSchema
    .optional()
    .describe(
      'Compare the metrics of both versions while a canary runs: true, or what differs from the defaults. Default: false.',
    ),
  smoke: z
    .strictObject({
      event: z
        .unknown()
        .refine(isJson, 'a file of JSON or the event itself')
        .describe('A JSON file beside lambdactl.yaml, or the event itself.'),
    })
    .optional()
    .describe('An invocation that the candidate has to answer before it gets any traffic.'),
  hooks: hooksSchema
    .optional()
    .describe(
      'Commands that run beside lambdactl at points of a release and decide about it (docs/release-engine.md).',
    ),
})

/** Whether a YAML value can be written as JSON: not missing, and no alias that contains itself. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined
  } catch {
    return false
  }
}
