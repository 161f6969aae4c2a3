import { formatDuration } from '../../release/values/duration.ts'
import { alike } from '../values/alike.ts'

/** The settings of an event source mapping that the file can set; those of the other kind of source are absent. */
export interface MappingSettings {
  readonly batchSize: number
  readonly batchWindowSeconds: number
  readonly reportBatchItemFailures: boolean
  /** Patterns as JSON; an event that matches none of them is left out. */
  readonly filters: readonly string[]
  /** Of a queue: the environments that it may use at once; 0: no limit of its own. */
  readonly maximumConcurrency?: number
  /** Of a stream: batches of a shard at the same time. */
  readonly parallelization?: number
  /** Of a stream; -1: until the record expires. */
  readonly retries?: number
  /** Of a stream; -1: until the record expires. */
  readonly maximumAgeSeconds?: number
  /** Of a stream: whether a failed batch is halved. */
  readonly bisectBatch?: boolean
  /** Of a stream: the ARN of the destination of records that are given up; empty: none. */
  readonly onFailure?: string
}

const common = { batchWindowSeconds: 0, reportBatchItemFailures: false, filters: [] } as const

/** AWS's defaults for a queue. */
export const queueDefaults = { ...common, batchSize: 10, maximumConcurrency: 0 } as const

/** AWS's defaults for a stream. */
export const streamDefaults = {
  ...common,
  batchSize: 100,
  parallelization: 1,
  retries: -1,
  maximumAgeSeconds: -1,
  bisectBatch: false,
  onFailure: '',
} as const

/** An event source mapping of an alias with its settings. */
export interface SourceMapping {
  readonly uuid: string
  readonly arn: string
  /** The ARN of its source. */
  readonly source: string
  /** Lambda's word, as in `Enabled`. */
  readonly state: string
  readonly settings: MappingSettings
  /** The trigger of the file for which lambdactl made it; undefined for another maker's. */
  readonly trigger: string | undefined
}

type Key = keyof MappingSettings
type Words = { readonly [Name in Key]-?: (value: Exclude<MappingSettings[Name], undefined>) => string }

const orNone = (value: number, words: (value: number) => string) =>
  value < 0 ? 'until the record expires' : words(value)

const words: Words = {
  batchSize: (size) => `batch size ${size}`,
  batchWindowSeconds: (seconds) => `batch window ${formatDuration(seconds * 1000)}`,
  reportBatchItemFailures: (reports) => `${reports ? 'reports' : 'does not report'} batch item failures`,
  filters: (filters) => (filters.length === 0 ? 'no filters' : `filters ${filters.join(' or ')}`),
  maximumConcurrency: (most) => `maximum concurrency ${most === 0 ? 'none' : most}`,
  parallelization: (count) => `parallelization ${count}`,
  retries: (retries) => `retries ${orNone(retries, String)}`,
  maximumAgeSeconds: (age) => `maximum age ${orNone(age, (seconds) => formatDuration(seconds * 1000))}`,
  bisectBatch: (bisects) => (bisects ? 'halves failed batches' : 'keeps failed batches whole'),
  onFailure: (arn) => `on failure ${arn || 'none'}`,
}

/** The settings that differ, by their names; the order of a pattern's keys has no meaning. */
export function changedSettings(now: MappingSettings, wanted: MappingSettings): Key[] {
  return (Object.keys(wanted) as Key[]).filter((key) => !alike(read(now, key), read(wanted, key)))
}

function read(settings: MappingSettings, key: Key): unknown {
  return key === 'filters' ? settings.filters.map((filter) => JSON.parse(filter) as unknown) : settings[key]
}

/** Some settings in words, as in `batch size 10, batch window 5s`. */
export function settingsWords(settings: MappingSettings, keys: readonly Key[]): string {
  // As in settings/rows.ts: each row gets values of its own member only.
  const rows = words as object as Readonly<Record<Key, (value: unknown) => string>>
  return keys.flatMap((key) => (settings[key] === undefined ? [] : [rows[key](settings[key])])).join(', ')
}
