import { expect, test } from 'vitest'
import type { Grant, Mapping } from '../../../src/function/attachments/callers.ts'
import { listTriggersOf, wayOf } from '../../../src/operation/triggers/listed.ts'
import { grantWords, mappingWords, queueOf } from '../../../src/operation/triggers/source-words.ts'

const account = '123456789012'
const grant: Grant = {
  qualifier: undefined,
  statement: 'photos',
  principal: 's3.amazonaws.com',
  sourceArn: 'arn:aws:s3:::photos',
  sourceAccount: account,
  isOfUrl: false,
  isPlain: true,
}
const mapping: Mapping = { uuid: 'u1', qualifier: 'live', state: 'Enabled' }

test.each([
  ['arn:aws:sqs:eu-west-1:123456789012:orders.fifo', 'SQS queue orders.fifo'],
  ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', 'Kinesis stream clicks'],
  ['arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:1', 'Kinesis stream clicks'],
  [
    'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
    'DynamoDB stream of orders',
  ],
  ['arn:aws:kafka:eu-west-1:123456789012:cluster/shop/6a-1', 'Kafka cluster shop'],
  ['arn:aws:mq:eu-west-1:123456789012:broker:jobs:b-1', 'MQ broker jobs'],
  ['arn:aws:rds:eu-west-1:123456789012:cluster:docs', 'DocumentDB cluster docs'],
  ['arn:aws:new:eu-west-1:123456789012:thing', 'arn:aws:new:eu-west-1:123456789012:thing'],
  [undefined, 'Kafka brokers of your own'],
])('the mapping of %s is from: %s', (source, words) => {
  expect(mappingWords(source === undefined ? {} : { source })).toBe(words)
})

test.each([
  [{}, 'S3 bucket photos'],
  [{ principal: 'sns.amazonaws.com', sourceArn: `arn:aws:sns:eu-west-1:${account}:news` }, 'SNS topic news'],
  [
    { principal: 'events.amazonaws.com', sourceArn: `arn:aws:events:eu-west-1:${account}:rule/nightly` },
    'EventBridge rule nightly',
  ],
  [
    {
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:eu-west-1:${account}:a1b2/*/GET/orders`,
    },
    'API Gateway a1b2/*/GET/orders',
  ],
  [
    {
      principal: 'cognito-idp.amazonaws.com',
      sourceArn: `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu_1`,
    },
    'Cognito user pool eu_1',
  ],
  [
    { principal: 'logs.amazonaws.com', sourceArn: `arn:aws:logs:eu-west-1:${account}:log-group:/app:*` },
    'Logs of /app',
  ],
  [
    { principal: `arn:aws:iam::${account}:root`, sourceArn: undefined, sourceAccount: undefined },
    `account ${account}`,
  ],
  [{ principal: '*', sourceArn: undefined, sourceAccount: undefined }, 'everybody'],
  [{ principal: '*', sourceArn: undefined, isOfUrl: true }, 'everybody by the function URL'],
  [{ sourceArn: undefined }, `s3.amazonaws.com for account ${account}`],
])('a permission %j is for: %s', (changed, words) => {
  expect(grantWords({ ...grant, ...changed } as Grant)).toBe(words)
})

test('the function itself and versions are past the alias; another alias is what somebody chose', () => {
  expect([undefined, '7', 'live', 'beta'].map((qualifier) => wayOf(qualifier, 'live'))).toEqual([
    'past',
    'past',
    'alias',
    'other',
  ])
})

test('triggers past the alias come first, and a permission that the alias has too says so', () => {
  const listed = listTriggersOf(
    {
      mappings: [mapping],
      grants: [
        grant,
        { ...grant, qualifier: 'live' },
        { ...grant, qualifier: '7', sourceAccount: '210987654321' },
      ],
      urls: [{ qualifier: undefined, url: 'https://x', auth: 'none' }],
    },
    'live',
  )
  expect(listed).toMatchObject([
    { kind: 'permission', qualifier: null, way: 'past', isAlsoOnAlias: true },
    { kind: 'permission', qualifier: '7', way: 'past' },
    { kind: 'url', qualifier: null, way: 'past', auth: 'none' },
    { kind: 'mapping', qualifier: 'live', way: 'alias', state: 'Enabled' },
    { kind: 'permission', qualifier: 'live', way: 'alias' },
  ])
  expect(listed[1]).not.toHaveProperty('isAlsoOnAlias')
})

test('only a queue of SQS has a depth', () => {
  expect(queueOf({ source: 'arn:aws:sqs:eu-west-1:123456789012:orders' }, '123456789012')).toBe('orders')
  expect(queueOf({ source: 'arn:aws:sqs:eu-west-1:210987654321:orders' }, '123456789012')).toBeUndefined()
  expect(
    queueOf({ source: 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders' }, '123456789012'),
  ).toBeUndefined()
  expect(queueOf({}, '123456789012')).toBeUndefined()
})
