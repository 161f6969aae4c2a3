import { expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { locateAlarms } from '../../../src/config/service/locate-alarms.ts'
import { configFrom, failureOf } from '../config-from.ts'

function shop(alarms: string, more = '', prod = '{alias: main}') {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
    role: arn:aws:iam::123456789012:role/shop
    alarms: ${alarms}
    release: {alarms: [errors, throttles, mine]}
${more}environments: {prod: ${prod}, other: {}}
`)
}

const limits = (alarms: string, more?: string, prod?: string) =>
  locateAlarms(shop(alarms, more, prod), 'prod', 'checkout').limits

test('true has the usual limits, a map changes or ends them, and false has none', () => {
  expect(limits('true')).toEqual({ errors: { percent: 1 }, throttles: 1 })
  expect(limits('{errors: 0.5%, throttles: false, p99: 2s, iteratorAge: 1m}')).toEqual({
    errors: { percent: 0.5 },
    p99: 2000,
    iteratorAge: 60_000,
  })
  expect(limits('{errors: 5}')).toEqual({ errors: 5, throttles: 1 })
  expect(limits('false')).toEqual({})
  const queue = '    deadLetter: arn:aws:sqs:eu-west-1:123456789012:dead\n'
  expect(limits('{errors: false}', queue)).toEqual({ throttles: 1, deadLetterErrors: 1 })
})

test('an environment changes limits, also of a function whose settings another tool has', () => {
  const prod = '{manages: code, functions: {checkout: {alarms: {throttles: 9}}}}'
  expect(limits('{errors: 2%}', '', prod)).toEqual({ errors: { percent: 2 }, throttles: 9 })
})

test('release.alarms names the alarms in short; other names stay', () => {
  const { release } = resolveFunction(shop('{throttles: false}'), 'prod', 'checkout', { variables: {} })
  expect(release.alarms).toEqual(['shop-checkout-prod-main-errors', 'throttles', 'mine'])
})

test('actions are filled in', () => {
  const config = shop('{actions: ["arn:aws:sns:eu-west-1:${env:ACCOUNT}:pages"]}')
  expect(locateAlarms(config, 'prod', 'checkout', { ACCOUNT: '123456789012' }).actions).toEqual([
    'arn:aws:sns:eu-west-1:123456789012:pages',
  ])
})

test.each([
  '{errors: 101%}',
  '{errors: 0}',
  '{throttles: 1.5}',
  '{p99: 2}',
  '{actions: [pages]}',
  'yes please',
])('a wrong value is refused with its place: %s', (alarms) => {
  expect(failureOf(() => shop(alarms)).message).toContain('functions.checkout.alarms')
})
