import type { Fill } from './interpolate.ts'
import { mapValues } from './map-values.ts'
import type { MergedFunction } from './overrides.ts'

/** What belongs to a function or its alias and to no version of it. What is absent is left as it is. */
export interface UnversionedSettings {
  /** Of the alias. */
  readonly async?: AsyncSettings
  /** Of the alias; null: it has none. */
  readonly url?: UrlSettings | null
  /** All that the function has. */
  readonly tags?: Readonly<Record<string, string>>
  /** Concurrent executions; null: none are reserved. */
  readonly reservedConcurrency?: number | null
  readonly retention?: RetentionSettings
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

/** What is empty is not sent. */
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

/** The unversioned settings of a function, `${…}` filled in. */
export function unversionedSettings(
  merged: MergedFunction,
  lambdaName: string,
  fill: Fill,
): UnversionedSettings {
  const { reservedConcurrency, tags } = merged.fields
  return {
    ...asyncSettings(merged, fill),
    ...urlSettings(merged, fill),
    ...(tags === undefined ? {} : { tags: mapValues(tags ?? {}, (value, key) => fill(value, 'tags', key)) }),
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    ...retentionSettings(merged, lambdaName, fill),
  }
}

function asyncSettings({ fields }: MergedFunction, fill: Fill): Pick<UnversionedSettings, 'async'> {
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

function urlSettings({ fields: { url } }: MergedFunction, fill: Fill): Pick<UnversionedSettings, 'url'> {
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

function retentionSettings(
  { fields: { logs = {} } }: MergedFunction,
  lambdaName: string,
  fill: Fill,
): Pick<UnversionedSettings, 'retention'> {
  if (logs.retention === undefined) return {}
  const logGroup = logs.group === undefined ? `/aws/lambda/${lambdaName}` : fill(logs.group, 'logs', 'group')
  const days = logs.retention === 'never' ? null : Number.parseInt(logs.retention, 10)
  return { retention: { logGroup, days } }
}
