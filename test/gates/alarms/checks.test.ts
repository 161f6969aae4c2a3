import { expect, test } from 'vitest'
import { alarmChecks } from '../../../src/gates/alarms/checks.ts'
import type { AlarmState } from '../../../src/release/values/observed.ts'
import { alarm } from '../alarm.ts'

/** The checks without what is to be done about them. */
function checked(...args: Parameters<typeof alarmChecks>) {
  return alarmChecks(...args).map(({ fault: _, ...check }) => check)
}

const gated = { functionName: 'shop-checkout-prod', alias: 'live' }

function watching(dimensions: Record<string, string>, namespace = 'AWS/Lambda'): AlarmState {
  return alarm('errors', { metric: { namespace, name: 'Errors', dimensions } })
}

const { metric, ...composite } = alarm('errors')

test.each([
  ['it is OK', alarm('errors'), 'pass', 'OK, on AWS/Lambda Errors'],
  [
    'it watches the whole function',
    watching({ FunctionName: 'shop-checkout-prod' }),
    'pass',
    'OK, on AWS/Lambda Errors',
  ],
  ['it watches the whole account', watching({}), 'pass', 'OK, on AWS/Lambda Errors'],
  [
    'it watches a metric of our own',
    watching({ FunctionName: 'anything' }, 'Shop'),
    'pass',
    'OK, on Shop Errors',
  ],
  [
    'it is composite',
    composite,
    'pass',
    'OK; lambdactl could not check which function its expression or rule watches',
  ],
  [
    'one metric of its expression is the alias’s',
    {
      ...composite,
      metrics: [
        { namespace: 'Shop', name: 'Weight', dimensions: {} },
        {
          namespace: 'AWS/Lambda',
          name: 'Errors',
          dimensions: { FunctionName: 'shop-checkout-prod', Resource: 'shop-checkout-prod:live' },
        },
      ],
    },
    'pass',
    'OK, on Shop Weight, AWS/Lambda Errors',
  ],
  [
    'its expression watches another function',
    {
      ...composite,
      metrics: [{ namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'shop-cart-prod' } }],
    },
    'fail',
    'it watches the function shop-cart-prod, not shop-checkout-prod',
  ],
  [
    'it watches another function',
    watching({ FunctionName: 'shop-cart-prod' }),
    'fail',
    'it watches the function shop-cart-prod, not shop-checkout-prod',
  ],
  [
    'it watches another alias',
    watching({ FunctionName: 'shop-checkout-prod', Resource: 'shop-checkout-prod:blue' }),
    'fail',
    'it watches shop-checkout-prod:blue, but the traffic of this release goes through shop-checkout-prod:live',
  ],
  [
    'it watches $LATEST',
    watching({ FunctionName: 'shop-checkout-prod', Resource: 'shop-checkout-prod' }),
    'fail',
    'it watches shop-checkout-prod, but the traffic of this release goes through shop-checkout-prod:live',
  ],
  [
    'it watches a fixed version of the alias',
    watching({
      FunctionName: 'shop-checkout-prod',
      Resource: 'shop-checkout-prod:live',
      ExecutedVersion: '7',
    }),
    'fail',
    'it watches version 7 alone, and not the candidate of this release',
  ],
  ['it fires already', alarm('errors', { condition: 'ALARM' }), 'fail', 'it already fires: 1 datapoint'],
  [
    'it has no data',
    alarm('errors', { condition: 'INSUFFICIENT_DATA' }),
    'warn',
    'it has no data yet: the canary pauses if it still has none when a step ends',
  ],
] as const)('an alarm when %s', (_, state, outcome, detail) => {
  expect(checked({ alarms: [state], unfound: [] }, gated)).toEqual([
    { title: 'alarm errors', outcome, detail },
  ])
})

test.each([
  ['pass', 'warn', 'it has no data, which counts as passing: release.insufficientData is pass'],
  ['fail', 'fail', 'it has no data, which counts as failing: release.insufficientData is fail'],
] as const)('an alarm without data where that counts as %s', (insufficientData, outcome, detail) => {
  const alarms = [alarm('errors', { condition: 'INSUFFICIENT_DATA' })]
  expect(checked({ alarms, unfound: [] }, { ...gated, insufficientData })).toEqual([
    { title: 'alarm errors', outcome, detail },
  ])
})

test('what was not found fails, with its reason', () => {
  const unfound = [
    {
      wanted: 'gone',
      reason: 'CloudWatch has no alarm with that name',
      fault: { kind: 'missing' as const, alarm: 'gone' },
    },
  ]
  expect(checked({ alarms: [], unfound }, gated)).toEqual([
    { title: 'alarm gone', outcome: 'fail', detail: 'CloudWatch has no alarm with that name' },
  ])
})

test('each alarm is a check, in the order that was asked for', () => {
  const checks = alarmChecks({ alarms: [alarm('slow'), alarm('errors')], unfound: [] }, gated)
  expect(checks.map(({ title }) => title)).toEqual(['alarm slow', 'alarm errors'])
})

test('a release without alarms proves nothing', () => {
  expect(checked({ alarms: [], unfound: [] }, gated)).toEqual([
    {
      title: 'alarms',
      outcome: 'fail',
      detail: 'no alarm gates this release, so the release would prove nothing',
    },
  ])
})
