import * as z from 'zod'
import { duration, text, wholeNumber } from '../values/fields.ts'

const list = (what: string) => z.array(text('text'), `a list of ${what}`).optional()

const destination = text('an ARN, or null for none')
  .nullable()
  .optional()
  .describe('The ARN of a queue, topic, event bus or function; null for none.')

const corsSchema = z.strictObject({
  origins: list('origins'),
  methods: list('methods'),
  headers: list('headers'),
  exposeHeaders: list('headers'),
  maxAge: duration(0, 86_400_000).optional().describe('How long browsers remember the answer, up to 24h.'),
  credentials: z.boolean().optional(),
})

const urlSchema = z.strictObject({
  auth: z
    .enum(['iam', 'none'])
    .optional()
    .describe('none makes it public, and allows everybody to invoke it through the URL. Default: iam.'),
  cors: corsSchema.optional(),
  invokeMode: z.enum(['buffered', 'stream']).optional().describe('Default: buffered.'),
})

const runtimeUpdatesSchema = z.strictObject({
  on: z
    .enum(['auto', 'function-update', 'manual'])
    .optional()
    .describe('When the runtime of a version is patched: manual never does. Default: auto.'),
  version: text("a runtime version's ARN").optional().describe('The one to stay on, with manual.'),
})

/** The fields that belong to the function or its alias, and to no version, as they are written. */
export const attachmentShape = {
  retries: wholeNumber(0, 2)
    .optional()
    .describe('Of asynchronous invocations that failed. Default, where any of the four is given: 2.'),
  maximumAge: duration(60_000, 21_600_000)
    .optional()
    .describe('How long an asynchronous event is tried, from 1m to 6h. Default: 6h.'),
  onSuccess: destination,
  onFailure: destination,
  url: urlSchema
    .nullable()
    .optional()
    .describe("A function URL of the alias. Left out: as it is; null removes the alias's."),
  tags: z
    .record(text('a tag'), z.string('text in quotes'))
    .nullable()
    .optional()
    .describe('All tags of the function. Left out: as they are; {} removes them.'),
  reservedConcurrency: wholeNumber(0, 1_000_000)
    .nullable()
    .optional()
    .describe('Concurrent executions, also the most. Left out: as it is; null for no reservation.'),
  recursion: z
    .enum(['terminate', 'allow'])
    .optional()
    .describe('What Lambda does about a loop that it detects. Left out: as it is, at first terminate.'),
  codeSigning: text('an ARN, or null for none')
    .nullable()
    .optional()
    .describe('The ARN of a code signing configuration. Left out: as it is; null for none.'),
  runtimeUpdates: runtimeUpdatesSchema
    .optional()
    .describe(
      'How the version that the alias serves, and those to come, get runtime updates. Left out: as it is.',
    ),
}
