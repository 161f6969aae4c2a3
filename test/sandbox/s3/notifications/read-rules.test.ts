import type { NotificationConfiguration, QueueConfiguration } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { readNotifications } from '../../../../src/sandbox/s3/notifications/read-rules.ts'
import { encodedKey } from '../../../../src/sandbox/s3/notifications/records.ts'

const bucket = { name: 'photos', region: 'eu-west-1', created: 0 }
const QueueArn = 'arn:aws:sqs:eu-west-1:123456789012:news'

type Filter = Readonly<Record<string, string>>

function queue(event: string, filter?: Filter): QueueConfiguration {
  const FilterRules = Object.entries(filter ?? {}).map(([Name, Value]) => ({ Name: Name as 'prefix', Value }))
  return {
    QueueArn,
    Events: [event as 's3:ObjectCreated:*'],
    ...(filter && { Filter: { Key: { FilterRules } } }),
  }
}

const read = (given: NotificationConfiguration) => readNotifications(given, bucket)
const both = (...QueueConfigurations: QueueConfiguration[]) => read({ QueueConfigurations })

test.each([
  [queue('s3:ObjectCreated:*', { prefix: 'in/' }), queue('s3:ObjectCreated:Put', { prefix: 'in/a/' })],
  [queue('s3:ObjectCreated:*', { suffix: '.csv' }), queue('s3:ObjectCreated:Put', { prefix: 'in/' })],
  [queue('s3:ObjectCreated:Put', { suffix: 'csv' }), queue('s3:ObjectCreated:Put', { suffix: '.csv' })],
  [queue('s3:ObjectCreated:*', { prefix: 'in/' }), queue('s3:ObjectCreated:*')],
])('rules that may take one event are refused: %j %j', (...rules) => {
  expect(() => both(...rules)).toThrow(
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  )
})

test.each([
  [queue('s3:ObjectCreated:*', { prefix: 'in/' }), queue('s3:ObjectCreated:*', { prefix: 'out/' })],
  [queue('s3:ObjectCreated:*', { suffix: '.csv' }), queue('s3:ObjectCreated:*', { suffix: '.txt' })],
  [queue('s3:ObjectCreated:*'), queue('s3:ObjectRemoved:*')],
  [queue('s3:ObjectCreated:Put'), queue('s3:ObjectCreated:Copy')],
])('rules that never take one event are taken: %j %j', (...rules) => {
  expect(both(...rules).rules).toHaveLength(2)
})

test('two rules without a filter have a text of their own', () => {
  expect(() => both(queue('s3:ObjectRemoved:*'), queue('s3:ObjectRemoved:*'))).toThrow(
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
  )
})

test.each([
  ['The event is not supported for notifications', queue('s3:ObjectMoved')],
  ['filter rule name must be either prefix or suffix', queue('s3:ObjectCreated:*', { infix: 'a' })],
  ['The ARN could not be parsed', { ...queue('s3:ObjectCreated:*'), QueueArn: 'news' }],
  [
    'The notification destination service region is not valid for the bucket location constraint',
    { ...queue('s3:ObjectCreated:*'), QueueArn: QueueArn.replace('eu-west-1', 'us-east-1') },
  ],
])('%s', (message, rule) => {
  expect(() => both(rule)).toThrow(message)
})

test('two rules of one id are refused', () => {
  const rules = [queue('s3:ObjectCreated:*'), queue('s3:ObjectRemoved:*')].map((rule) => ({
    ...rule,
    Id: 'a',
  }))
  expect(() => both(...rules)).toThrow('Same ID used for multiple configurations. IDs must be unique')
})

test('a key is encoded as in a form, with its slashes', () => {
  expect(encodedKey('in/a b+c*~&=ü.csv')).toBe('in/a+b%2Bc*%7E%26%3D%C3%BC.csv')
})
