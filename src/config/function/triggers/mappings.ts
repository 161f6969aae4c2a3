import * as z from 'zod'
import { LambdactlError } from '../../../errors/error.ts'
import { type MappingSettings, queueDefaults, streamDefaults } from '../../../function/triggers/mapping.ts'
import type { QueueTrigger, StreamTrigger } from '../../../function/triggers/wanted.ts'
import { duration, text, type Written, wholeNumber } from '../../values/fields.ts'
import type { Position } from '../../values/position.ts'
import { commonOf, commonShape, patternSchema, sourceText } from './common.ts'

const mappingShape = {
  ...commonShape,
  batchSize: wholeNumber(1, 10_000).optional().describe('Default: 10 of a queue, 100 of a stream.'),
  batchWindow: duration(0, 300_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe('The time to collect a batch, up to 5m. Default: 0s.'),
  reportBatchItemFailures: z
    .boolean()
    .optional()
    .describe('Whether the handler answers which items of a batch failed. Default: false.'),
  filters: z
    .array(patternSchema, 'a list of patterns')
    .max(10, 'at most 10 patterns')
    .optional()
    .describe('Only events that match one of these patterns are handled. Default: all.'),
}

export const queueShape = {
  sqs: sourceText("a queue's name").describe(
    'A queue of SQS: its name in the account and Region, or its ARN.',
  ),
  ...mappingShape,
  maximumConcurrency: wholeNumber(2, 1000)
    .optional()
    .describe('The environments that the queue may use at once. Default: no limit of its own.'),
}

const streamShape = {
  ...mappingShape,
  startingPosition: z
    .enum(['LATEST', 'TRIM_HORIZON'])
    .describe('The place in the stream where a new mapping begins; later it has no effect.'),
  parallelization: wholeNumber(1, 10).optional().describe('Batches of a shard at the same time. Default: 1.'),
  retries: wholeNumber(0, 10_000)
    .optional()
    .describe('Retries of a failed batch. Default: until its records expire.'),
  maximumAge: duration(60_000, 604_800_000)
    .optional()
    .describe('The age at which a record is given up, from 1m to 168h. Default: until it expires.'),
  bisectBatch: z.boolean().optional().describe('Whether a failed batch is halved. Default: false.'),
  onFailure: text('an ARN')
    .optional()
    .describe('The ARN of a queue, topic or bucket for records that are given up. Default: none.'),
}

export const kinesisShape = {
  kinesis: sourceText("a stream's name").describe('A stream of Kinesis: its name, or its ARN.'),
  ...streamShape,
}

export const tableShape = {
  dynamodb: sourceText("a table's name").describe(
    "A table of DynamoDB whose stream is read: its name, or the stream's ARN.",
  ),
  ...streamShape,
}

/** @throws LambdactlError CONFIG_INVALID for a large batch without a window, which Lambda refuses */
export function queueTrigger(name: string, fields: Written<typeof queueShape>, at: Position): QueueTrigger {
  const { batchSize = 0, batchWindow = 0 } = fields
  if (batchSize > 10 && batchWindow === 0) {
    const problem = `expected 10 at most without a batchWindow, got ${batchSize}.`
    throw new LambdactlError('CONFIG_INVALID', `${at.place('batchSize')}: ${problem}`)
  }
  const { maximumConcurrency } = { ...queueDefaults, ...defined(fields) }
  return {
    ...commonOf(name, fields),
    kind: 'sqs',
    source: at.fill(fields.sqs, 'sqs'),
    settings: { ...commonSettings(fields, queueDefaults), maximumConcurrency },
  }
}

export function kinesisTrigger(
  name: string,
  fields: Written<typeof kinesisShape>,
  at: Position,
): StreamTrigger {
  return { ...streamTrigger(name, fields, at), kind: 'kinesis', source: at.fill(fields.kinesis, 'kinesis') }
}

export function tableTrigger(name: string, fields: Written<typeof tableShape>, at: Position): StreamTrigger {
  return {
    ...streamTrigger(name, fields, at),
    kind: 'dynamodb',
    source: at.fill(fields.dynamodb, 'dynamodb'),
  }
}

function streamTrigger(
  name: string,
  fields: Written<typeof streamShape>,
  at: Position,
): Omit<StreamTrigger, 'kind' | 'source'> {
  const { parallelization, retries, bisectBatch } = { ...streamDefaults, ...defined(fields) }
  const { maximumAge, onFailure = streamDefaults.onFailure } = fields
  return {
    ...commonOf(name, fields),
    startingPosition: fields.startingPosition,
    settings: {
      ...commonSettings(fields, streamDefaults),
      parallelization,
      retries,
      bisectBatch,
      maximumAgeSeconds: maximumAge === undefined ? streamDefaults.maximumAgeSeconds : maximumAge / 1000,
      onFailure: onFailure && at.fill(onFailure, 'onFailure'),
    },
  }
}

function commonSettings(
  { batchSize, batchWindow = 0, reportBatchItemFailures, filters = [] }: Written<typeof mappingShape>,
  defaults: MappingSettings,
): MappingSettings {
  return {
    batchSize: batchSize ?? defaults.batchSize,
    batchWindowSeconds: batchWindow / 1000,
    reportBatchItemFailures: reportBatchItemFailures ?? defaults.reportBatchItemFailures,
    filters: filters.map((filter) => JSON.stringify(filter)),
  }
}

function defined<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
