import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { MergedFunction } from '../service/overrides.ts'
import type { FieldPath } from '../types.ts'
import { arnOrNull, duration, text, wholeNumber } from '../values/fields.ts'
import type { Fill } from '../values/interpolate.ts'
import { mapValues } from '../values/map-values.ts'

const list = (what: string) => z.array(text('text'), `a list of ${what}`).optional()

const destination = arnOrNull.describe('The ARN of a queue, topic, event bus or function; null for none.')

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
  codeSigning: arnOrNull.describe(
    'The ARN of a code signing configuration. Left out: as it is; null for none.',
  ),
  runtimeUpdates: runtimeUpdatesSchema
    .optional()
    .describe(
      'How the version that the alias serves, and those to come, get runtime updates. Left out: as it is.',
    ),
}

/** Settings that belong to a function or its alias, and to no version of it. Absent ones are left as they are. */
export interface Attachments {
  /** Of the alias. */
  readonly async?: AsyncSettings
  /** Of the alias; null: it has none. */
  readonly url?: UrlSettings | null
  /** All that the function has. */
  readonly tags?: Readonly<Record<string, string>>
  /** Concurrent executions; null: none are reserved. */
  readonly reservedConcurrency?: number | null
  readonly retention?: RetentionSettings
  readonly recursion?: 'allow' | 'terminate'
  /** The ARN of a code signing configuration; empty: none. */
  readonly codeSigning?: string
  /** Of the version that the alias serves. */
  readonly runtimeUpdates?: RuntimeUpdates
}

/** When a version gets another version of its runtime. */
export interface RuntimeUpdates {
  readonly on: 'auto' | 'function-update' | 'manual'
  /** The ARN of a runtime version, for `manual`; else empty. */
  readonly version: string
}

/** How asynchronous events are tried, and where they go; empty: nowhere. */
export interface AsyncSettings {
  readonly retries: number
  readonly maximumAgeSeconds: number
  readonly onSuccess: string
  readonly onFailure: string
}

export interface UrlSettings {
  readonly auth: 'iam' | 'none'
  readonly invokeMode: 'buffered' | 'stream'
  readonly cors: CorsSettings
}

/** Empty values are not sent. */
export interface CorsSettings {
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  readonly headers: readonly string[]
  readonly exposeHeaders: readonly string[]
  readonly maxAgeSeconds: number
  readonly credentials: boolean
}

export interface RetentionSettings {
  readonly logGroup: string
  /** Null: for ever. */
  readonly days: number | null
}

/** Lambda's own, where an alias has no configuration for asynchronous invocations. */
const asyncDefaults = { retries: 2, maximumAgeMs: 21_600_000 }

/** The attachments of a function, `${…}` filled in. */
export function attachmentsOf(
  merged: MergedFunction,
  lambdaName: string,
  fill: Fill,
  place: (field: FieldPath) => string,
): Attachments {
  const { reservedConcurrency, tags, recursion, codeSigning } = merged.fields
  return {
    ...asyncSettings(merged, fill),
    ...urlSettings(merged, fill),
    ...(tags === undefined ? {} : { tags: mapValues(tags ?? {}, (value, key) => fill(value, 'tags', key)) }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    ...retentionSettings(merged, lambdaName, fill),
    ...(recursion === undefined ? {} : { recursion }),
    ...(codeSigning === undefined
      ? {}
      : { codeSigning: codeSigning === null ? '' : fill(codeSigning, 'codeSigning') }),
    ...runtimeSettings(merged, fill, place),
  }
}

function asyncSettings({ fields }: MergedFunction, fill: Fill): Pick<Attachments, 'async'> {
  const { retries, maximumAge, onSuccess, onFailure } = fields
  if ([retries, maximumAge, onSuccess, onFailure].every((field) => field === undefined)) return {}
  return {
    async: {
      retries: retries ?? asyncDefaults.retries,
      maximumAgeSeconds: (maximumAge ?? asyncDefaults.maximumAgeMs) / 1000,
      onSuccess: onSuccess ? fill(onSuccess, 'onSuccess') : '',
      onFailure: onFailure ? fill(onFailure, 'onFailure') : '',
    },
  }
}

function urlSettings({ fields: { url } }: MergedFunction, fill: Fill): Pick<Attachments, 'url'> {
  if (url === undefined) return {}
  if (url === null) return { url }
  const { origins, methods, headers, exposeHeaders, maxAge = 0, credentials = false } = url.cors ?? {}
  const filled = (texts: readonly string[] | undefined, key: string) =>
    (texts ?? []).map((each, index) => fill(each, 'url', 'cors', key, index))
  return {
    url: {
      auth: url.auth ?? 'iam',
      invokeMode: url.invokeMode ?? 'buffered',
      cors: {
        origins: filled(origins, 'origins'),
        methods: filled(methods, 'methods'),
        headers: filled(headers, 'headers'),
        exposeHeaders: filled(exposeHeaders, 'exposeHeaders'),
        maxAgeSeconds: maxAge / 1000,
        credentials,
      },
    },
  }
}

/** @throws LambdactlError CONFIG_INVALID for a version without `manual`, or the other way about */
function runtimeSettings(
  { fields: { runtimeUpdates }, origin }: MergedFunction,
  fill: Fill,
  place: (field: FieldPath) => string,
): Pick<Attachments, 'runtimeUpdates'> {
  if (!runtimeUpdates) return {}
  const { on = 'auto', version } = runtimeUpdates
  if ((on === 'manual') === (version !== undefined)) {
    const filled = version === undefined ? '' : fill(version, 'runtimeUpdates', 'version')
    return { runtimeUpdates: { on, version: filled } }
  }
  const expected = "expected version, a runtime version's ARN, with on: manual and only there"
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${place(origin(['runtimeUpdates']))}: ${expected}, got ${version === undefined ? 'none' : 'one'} with ${on}.`,
  )
}

function retentionSettings(
  { fields: { logs = {} } }: MergedFunction,
  lambdaName: string,
  fill: Fill,
): Pick<Attachments, 'retention'> {
  if (logs.retention === undefined) return {}
  const logGroup = logs.group === undefined ? `/aws/lambda/${lambdaName}` : fill(logs.group, 'logs', 'group')
  const days = logs.retention === 'never' ? null : Number.parseInt(logs.retention, 10)
  return { retention: { logGroup, days } }
}
