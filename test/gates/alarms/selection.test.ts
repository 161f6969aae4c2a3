import { describe, expect, test } from 'vitest'
import { alarmQuery, selectAlarms } from '../../../src/gates/alarms/selection.ts'
import type { AlarmSelector } from '../../../src/release/values/alarms.ts'
import { alarm } from '../alarm.ts'

const here = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm'
const known = [alarm('checkout-errors'), alarm('checkout-slow'), alarm('queue: old')]

function found(...selectors: AlarmSelector[]) {
  const { alarms, unfound } = selectAlarms(selectors, known)
  return { names: alarms.map(({ name }) => name), unfound }
}

test('one question asks for all: names, the names in ARNs, and prefixes', () => {
  expect(
    alarmQuery(['errors', `${here}:queue: old`, 'arn:aws:sns:nonsense', { prefix: 'checkout-' }]),
  ).toEqual({
    names: ['errors', 'queue: old'],
    prefixes: ['checkout-'],
  })
})

describe('what is selected', () => {
  test('is each alarm once, in the order that was asked for', () => {
    expect(found('queue: old', { prefix: 'checkout-' }, 'checkout-slow', { prefix: 'check' })).toEqual({
      names: ['queue: old', 'checkout-errors', 'checkout-slow'],
      unfound: [],
    })
  })

  test('may be named by an ARN, also where the name has colons and spaces', () => {
    expect(found(`${here}:queue: old`)).toEqual({ names: ['queue: old'], unfound: [] })
  })

  test('is nothing where nothing is asked for', () => {
    expect(found()).toEqual({ names: [], unfound: [] })
  })
})

const none = 'CloudWatch has no alarm with that name in this account and Region'

describe('what is not found is named as it was written', () => {
  test.each<[AlarmSelector, string, string, kind?: string, alarm?: string]>([
    ['Checkout-Errors', 'Checkout-Errors', none, 'missing', 'Checkout-Errors'],
    [
      { prefix: 'cart-' },
      'cart-*',
      'CloudWatch has no alarm whose name begins like that in this account and Region',
      'missing',
      'cart-errors',
    ],
    [
      `${here}:gone`,
      `${here}:gone`,
      `${none}; the ARN names eu-west-1, account 123456789012`,
      'missing',
      'gone',
    ],
    [
      'arn:aws:cloudwatch:us-east-1:123456789012:alarm:checkout-errors',
      'arn:aws:cloudwatch:us-east-1:123456789012:alarm:checkout-errors',
      'it is in us-east-1, account 123456789012, and this release reads only the alarms of eu-west-1, account 123456789012',
    ],
    [
      'arn:aws:cloudwatch:eu-west-1:999999999999:alarm:gone',
      'arn:aws:cloudwatch:eu-west-1:999999999999:alarm:gone',
      'it is in eu-west-1, account 999999999999, and this release reads only the alarms of eu-west-1, account 123456789012',
    ],
    [
      'arn:aws:sns:eu-west-1:123456789012:errors',
      'arn:aws:sns:eu-west-1:123456789012:errors',
      "expected an alarm's ARN, arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME",
    ],
  ])('%j', (selector, wanted, reason, kind = 'another', name = wanted) => {
    expect(found('checkout-slow', selector)).toEqual({
      names: ['checkout-slow'],
      unfound: [{ wanted, reason, fault: { kind, alarm: name } }],
    })
  })

  test('an ARN says of where it is, where no alarm tells what is seen from here', () => {
    const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'
    expect(selectAlarms([arn], []).unfound).toEqual([
      {
        wanted: arn,
        reason: `${none}; the ARN names us-east-1, account 123456789012`,
        fault: { kind: 'missing', alarm: 'errors' },
      },
    ])
  })
})
