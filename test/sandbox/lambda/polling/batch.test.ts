import { expect, test } from 'vitest'
import { type BatchRecord, batchesOf, failedRecords } from '../../../../src/sandbox/lambda/polling/batch.ts'

const arn = 'arn:aws:sqs:eu-west-1:000000000000:orders'

function records(...ids: string[]): BatchRecord[] {
  const messages = ids.map((messageId) => ({
    messageId,
    receiptHandle: '',
    body: messageId,
    attributes: {},
    messageAttributes: {},
    md5OfBody: '',
  }))
  return batchesOf(arn, messages).flat()
}

const failures = (...ids: unknown[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
})

// The answers of Lambda's guide: "Using Lambda with Amazon SQS", success and failure conditions.
test.each<[unknown, string[]]>([
  [failures('b'), ['b']],
  [failures('a', 'b'), ['a', 'b']],
  [{ batchItemFailures: [] }, []],
  [{ batchItemFailures: null }, []],
  [{}, []],
  [null, []],
  [undefined, []],
  ['text', ['a', 'b', 'c']],
  [failures(''), ['a', 'b', 'c']],
  [failures(null), ['a', 'b', 'c']],
  [failures('unknown'), ['a', 'b', 'c']],
  [{ batchItemFailures: [{ itemIdentifer: 'a' }] }, ['a', 'b', 'c']],
  [{ batchItemFailures: 'a' }, ['a', 'b', 'c']],
])('the answer %j leaves %j to come again', (answer, left) => {
  const bytes = Buffer.from(answer === undefined ? '' : JSON.stringify(answer))
  expect(failedRecords(records('a', 'b', 'c'), bytes).map(({ messageId }) => messageId)).toEqual(left)
})

test('an answer that is no JSON fails the whole batch', () => {
  expect(failedRecords(records('a'), Buffer.from('{'))).toHaveLength(1)
})

test('a batch that is too large for an event is cut', () => {
  const body = 'x'.repeat(1_000_000)
  const message = {
    messageId: '',
    receiptHandle: '',
    body,
    attributes: {},
    messageAttributes: {},
    md5OfBody: '',
  }
  expect(
    batchesOf(
      arn,
      Array.from({ length: 10 }, () => message),
    ).map(({ length }) => length),
  ).toEqual([6, 4])
})
