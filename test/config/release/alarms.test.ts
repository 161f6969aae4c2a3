import { describe, expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { configFrom, failureOf } from '../config-from.ts'

function shop(release: string, prod = '{}') {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
    role: arn:aws:iam::123456789012:role/shop
    release: ${release}
environments: {prod: {functions: {checkout: ${prod}}}}
`)
}

const released = (release: string, variables = {}, prod?: string) =>
  resolveFunction(shop(release, prod), 'prod', 'checkout', { variables }).release

describe('the alarms', () => {
  test('are names, ARNs and prefixes, filled in', () => {
    const written =
      '["errors-${env}", "arn:aws:cloudwatch:eu-west-1:${env:ACCOUNT}:alarm:slow", {prefix: "${function}-"}]'
    expect(released(`{alarms: ${written}}`, { ACCOUNT: '123456789012' }).alarms).toEqual([
      'errors-prod',
      'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:slow',
      { prefix: 'checkout-' },
    ])
  })

  test("of an environment stand in for the function's", () => {
    expect(released('{alarms: [errors]}', {}, '{release: {alarms: [{prefix: p-}]}}').alarms).toEqual([
      { prefix: 'p-' },
    ])
  })

  test.each(['{prefix: "${env:TEAM}"}', '"${env:TEAM}"'])(
    'that come to nothing would select all, or none: %s',
    (written) => {
      const failure = failureOf(() => released(`{alarms: [${written}]}`, { TEAM: '' }))
      expect(failure.code).toBe('CONFIG_INVALID')
      expect(failure.message).toMatch(
        /^lambdactl\.yaml:8:\d+ functions\.checkout\.release\.alarms\[0\](\.prefix)?: expected text after \$\{env:TEAM\} is replaced, got nothing\.$/,
      )
    },
  )
})

test.each(['inconclusive', 'pass', 'fail'])('missing data may say %s', (insufficientData) => {
  expect(released(`{insufficientData: ${insufficientData}}`)).toMatchObject({ insufficientData })
})

const field = 'functions.checkout.release'
test.each([
  ['{alarms: errors}', `${field}.alarms: expected a list of alarms, got "errors".`],
  ['{alarms: [""]}', `${field}.alarms[0]: expected an alarm's name, its ARN, or {prefix: …}, got "".`],
  [
    '{alarms: [[errors]]}',
    `${field}.alarms[0]: expected an alarm's name, its ARN, or {prefix: …}, got a list.`,
  ],
  ['{alarms: [{prefix: ""}]}', `${field}.alarms[0].prefix: expected the beginning of alarms' names, got "".`],
  ['{alarms: [{prefix: a, x: 1}]}', `${field}.alarms[0].x: there is no such field. Expected one of prefix.`],
  [
    '{insufficientData: hold}',
    `${field}.insufficientData: expected one of inconclusive, pass, fail, got "hold".`,
  ],
])('what is wrong is named with its place: %s', (written, message) => {
  const failure = failureOf(() => shop(written))
  expect(failure.code).toBe('CONFIG_INVALID')
  expect(failure.message.replace(/^\S+ /, '')).toBe(message)
})
