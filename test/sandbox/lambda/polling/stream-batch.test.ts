import { expect, test } from 'vitest'
import {
  afterInvocation,
  batchesOfRecords,
  partOld,
  type StreamBatch,
} from '../../../../src/sandbox/lambda/polling/stream-batch.ts'
import type { StreamRecord } from '../../../../src/sandbox/streams/stream-reader.ts'

function record(sequenceNumber: string, arrivedAt = 0, content = ''): StreamRecord {
  const event = { eventSource: 'aws:kinesis', eventSourceARN: 'arn', content } as const
  return { sequenceNumber, arrivedAt, partitionKey: 'key', event }
}

const four = { records: ['1', '2', '3', '4'].map((each) => record(each)), failures: 1, invocations: 2 }
const numbers = ({ records }: Pick<StreamBatch, 'records'>) =>
  records.map(({ sequenceNumber }) => sequenceNumber).join('')

test('a batch that is handled has no next one', () => {
  expect(afterInvocation(four, undefined, {})).toEqual({ handled: four.records, next: [] })
})

test('a failed batch comes again as a whole, without an end by default', () => {
  const { handled, next, givenUp } = afterInvocation({ ...four, failures: 999 }, 0, {})
  expect([handled.length, next.map(numbers), givenUp]).toEqual([0, ['1234'], undefined])
})

test('a batch is given up when its retries are used, of which the first attempt is none', () => {
  const first = afterInvocation({ ...four, failures: 0, invocations: 0 }, 0, { MaximumRetryAttempts: 1 })
  expect(first.next).toEqual([{ ...four, failures: 1, invocations: 1 }])
  const second = afterInvocation({ ...four, failures: 1, invocations: 1 }, 0, { MaximumRetryAttempts: 1 })
  expect(second).toEqual({ handled: [], next: [], givenUp: { ...four, failures: 2, invocations: 2 } })
})

test('bisecting a batch costs no retry, until one record is left', () => {
  const rules = { BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 }
  const { next } = afterInvocation(four, 0, rules)
  expect(next.map((each) => [numbers(each), each.failures])).toEqual([
    ['12', 1],
    ['34', 1],
  ])
  const one = { ...four, records: four.records.slice(0, 1) }
  expect(afterInvocation(one, 0, rules).givenUp).toMatchObject({ failures: 2, invocations: 3 })
})

test('after a partial failure the records from the first failed one on come again', () => {
  const { handled, next } = afterInvocation(four, 2, {})
  expect([numbers({ records: handled }), next.map(numbers), next[0]?.failures]).toEqual(['12', ['34'], 2])
  const bisected = afterInvocation(four, 2, { BisectBatchOnFunctionError: true })
  expect([bisected.next.map(numbers), bisected.next[0]?.failures]).toEqual([['34'], 1])
})

test('records that are too old are parted from a batch', () => {
  const batch = { ...four, records: [record('1', 1000), record('2', 5000)] }
  const parted = partOld(batch, { MaximumRecordAgeInSeconds: 60 }, 62_000)
  expect([numbers({ records: parted.old }), numbers(parted.batch)]).toEqual(['1', '2'])
  expect(partOld(batch, {}, 99_999_999).old).toEqual([])
})

test('records whose event would have more than 6 MB are several batches', () => {
  const large = 'x'.repeat(2_500_000)
  const batches = batchesOfRecords(['1', '2', '3'].map((each) => record(each, 0, large)))
  expect(batches.map(numbers)).toEqual(['12', '3'])
})
