import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type {
  Cors,
  FunctionAttachments,
  FunctionUrl,
  RuntimeUpdates,
} from '../../function/attachments/attachments.ts'
import { attachmentTable, plainUrl } from '../../function/attachments/table.ts'
import { arnOrNull, duration, text, type Written, wholeNumber } from '../values/fields.ts'
import { mapValues } from '../values/map-values.ts'
import type { Position } from '../values/position.ts'

const list = (what: string) => z.array(text('text'), `a list of ${what}`).optional()

const destination = arnOrNull.describe('The ARN of a queue, topic, event bus or function; null for none.')

const corsSchema = z.strictObject({
  origins: list('origins'),
  methods: list('methods'),
  headers: list('headers'),
  exposeHeaders: list('headers'),
  maxAge: duration(0, 86_400_000)
    .optional()
    .describe('The time for which browsers keep the answer, up to 24h.'),
  credentials: z.boolean().optional(),
})

const urlSchema = z.strictObject({
  auth: z
    .enum(['iam', 'none'])
    .optional()
    .describe(
      'none makes the URL public, and allows everybody to invoke the function through it. Default: iam.',
    ),
  cors: corsSchema.optional(),
  invokeMode: z.enum(['buffered', 'stream']).optional().describe('Default: buffered.'),
})

const runtimeUpdatesSchema = z.strictObject({
  on: z
    .enum(['auto', 'function-update', 'manual'])
    .optional()
    .describe('When the runtime of a version is patched: manual never does. Default: auto.'),
  version: text("a runtime version's ARN").optional().describe('The fixed runtime version, with manual.'),
})

/** The fields that belong to the function or its alias, and to no version, as the file writes them. */
export const attachmentShape = {
  retries: wholeNumber(0, 2)
    .optional()
    .describe('Retries of failed asynchronous invocations. Default, if any of the four is given: 2.'),
  maximumAge: duration(60_000, 21_600_000)
    .optional()
    .describe('The time for which an asynchronous event is tried, from 1m to 6h. Default: 6h.'),
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
    .describe(
      'Reserved concurrent executions, which are also the limit. Left out: as it is; null for no reservation.',
    ),
  recursion: z
    .enum(['terminate', 'allow'])
    .optional()
    .describe("Lambda's reaction to a detected loop. Left out: as it is, at first terminate."),
  codeSigning: arnOrNull.describe(
    'The ARN of a code signing configuration. Left out: as it is; null for none.',
  ),
  runtimeUpdates: runtimeUpdatesSchema
    .optional()
    .describe(
      'Runtime updates for the version that the alias serves, and for later ones. Left out: as it is.',
    ),
}

/** The attachments of a function with `${…}` replaced, without the retention of its logs. */
export function attachmentsOf(
  fields: Written<typeof attachmentShape>,
  at: Position,
): Omit<FunctionAttachments, 'retention'> {
  const { url, reservedConcurrency, tags, recursion, runtimeUpdates } = fields
  const codeSigning = at.fillIfAny(fields.codeSigning, 'codeSigning')
  return {
    ...asyncSettings(fields, at),
    ...(url !== undefined && { url: url && urlSettings(url, at.below('url')) }),
    ...(tags !== undefined && { tags: mapValues(tags ?? {}, (value, key) => at.fill(value, 'tags', key)) }),
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    ...(recursion !== undefined && { recursion }),
    ...(codeSigning !== undefined && { codeSigning }),
    ...(runtimeUpdates && { runtimeUpdates: runtimeSettings(runtimeUpdates, at.below('runtimeUpdates')) }),
  }
}

function asyncSettings(
  { retries, maximumAge, onSuccess, onFailure }: Written<typeof attachmentShape>,
  at: Position,
): Pick<FunctionAttachments, 'async'> {
  if ([retries, maximumAge, onSuccess, onFailure].every((field) => field === undefined)) return {}
  const usual = attachmentTable.async.default
  return {
    async: {
      retries: retries ?? usual.retries,
      maximumAgeSeconds: maximumAge === undefined ? usual.maximumAgeSeconds : maximumAge / 1000,
      onSuccess: at.fillIfAny(onSuccess, 'onSuccess') ?? usual.onSuccess,
      onFailure: at.fillIfAny(onFailure, 'onFailure') ?? usual.onFailure,
    },
  }
}

function urlSettings(
  { auth = plainUrl.auth, invokeMode = plainUrl.invokeMode, cors = {} }: z.output<typeof urlSchema>,
  at: Position,
): FunctionUrl {
  return { auth, invokeMode, cors: corsSettings(cors, at.below('cors')) }
}

function corsSettings(cors: z.output<typeof corsSchema>, at: Position): Cors {
  const { origins, methods, headers, exposeHeaders, maxAge = 0, credentials = false } = cors
  const filled = (texts: readonly string[] | undefined, key: string) =>
    (texts ?? []).map((each, index) => at.fill(each, key, index))
  return {
    origins: filled(origins, 'origins'),
    methods: filled(methods, 'methods'),
    headers: filled(headers, 'headers'),
    exposeHeaders: filled(exposeHeaders, 'exposeHeaders'),
    maxAgeSeconds: maxAge / 1000,
    credentials,
  }
}

/** @throws LambdactlError CONFIG_INVALID for a version without `manual`, or `manual` without a version */
function runtimeSettings(
  { on = attachmentTable.runtimeUpdates.default.on, version }: z.output<typeof runtimeUpdatesSchema>,
  at: Position,
): RuntimeUpdates {
  if ((on === 'manual') === (version !== undefined))
    return { on, version: version === undefined ? '' : at.fill(version, 'version') }
  const expected = "expected version, a runtime version's ARN, with on: manual and only there"
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place()}: ${expected}, got ${version === undefined ? 'none' : 'one'} with ${on}.`,
  )
}
