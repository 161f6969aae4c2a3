import { describe, expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { locateHooks } from '../../../src/config/service/locate-hooks.ts'
import { configFrom, failureOf } from '../config-from.ts'

const role = 'role: arn:aws:iam::123456789012:role/shop'

function shop(hooks: string, { prod = '{}', fields = role } = {}) {
  return configFrom(`service: shop
functions:
  checkout:
    source: functions/checkout
    runtime: nodejs24.x
    handler: index.handler
    ${fields}
    release:
      hooks: ${hooks}
environments: {prod: {functions: {checkout: ${prod}}}}
`)
}

const resolved = (hooks: string, more?: Parameters<typeof shop>[1]) =>
  resolveFunction(shop(hooks, more), 'prod', 'checkout', { variables: { STAGE_NAME: 't0k3n' } }).release.hooks

describe('a hook', () => {
  test('is a list of arguments, which runs in the folder of lambdactl.yaml for a minute at most', () => {
    expect(resolved('{before-shift: [npm, run, "smoke test", ""]}')).toEqual({
      'before-shift': { args: ['npm', 'run', 'smoke test', ''], directory: '/service', timeoutMs: 60_000 },
    })
  })

  test('or a map with a time-out', () => {
    expect(resolved('{after-rollback: {run: [./page], timeout: 1h}}')).toEqual({
      'after-rollback': { args: ['./page'], directory: '/service', timeoutMs: 3_600_000 },
    })
    expect(resolved('{after-rollback: {run: [./page]}}')).toMatchObject({
      'after-rollback': { timeoutMs: 60_000 },
    })
  })

  test('has its variables filled in', () => {
    const hooks = '{before-shift: ["./${env}", "${function}", "${env:STAGE_NAME}", "$${env}"]}'
    expect(resolved(hooks)?.['before-shift']?.args).toEqual(['./prod', 'checkout', 't0k3n', '${env}'])
  })

  test("is the environment's where that has any", () => {
    const prod = '{release: {hooks: {after-shift: [./prod]}}}'
    expect(Object.keys(resolved('{before-shift: [./all]}', { prod }) ?? {})).toEqual(['after-shift'])
    expect(resolved('{before-shift: [./all]}', { prod: '{release: {hooks: {}}}' })).toEqual({})
  })
})

test('without hooks there are none', () => {
  expect(resolved('{}')).toEqual({})
})

const list = 'a list of a program and its arguments, as in [npm, run, smoke]'

test.each([
  [
    '{before-shift: npm run smoke}',
    'lambdactl.yaml:9:29 functions.checkout.release.hooks.before-shift',
    `expected ${list}, or a map of run and timeout, got "npm run smoke".`,
  ],
  [
    '{before-shift: []}',
    'lambdactl.yaml:9:29 functions.checkout.release.hooks.before-shift',
    `expected ${list}, got an empty list.`,
  ],
  [
    '{before-shift: [""]}',
    'lambdactl.yaml:9:29 functions.checkout.release.hooks.before-shift',
    `expected ${list}, got a list.`,
  ],
  [
    '{before-shift: [npm, 7]}',
    'lambdactl.yaml:9:35 functions.checkout.release.hooks.before-shift[1]',
    'expected text in quotes, got 7.',
  ],
  [
    '{before-shift: {run: npm}}',
    'lambdactl.yaml:9:35 functions.checkout.release.hooks.before-shift.run',
    `expected ${list}, got "npm".`,
  ],
  [
    '{before-shift: {}}',
    'lambdactl.yaml:9:29 functions.checkout.release.hooks.before-shift.run',
    `expected ${list}, got nothing.`,
  ],
  [
    '{before-shift: {run: [a], timeout: 2h}}',
    'lambdactl.yaml:9:49 functions.checkout.release.hooks.before-shift.timeout',
    'expected a duration from 1s to 1h, as in 10s or 5m, got "2h".',
  ],
  [
    '{before-shift: {run: [a], timeout: 500ms}}',
    'lambdactl.yaml:9:49 functions.checkout.release.hooks.before-shift.timeout',
    'expected a duration from 1s to 1h, as in 10s or 5m, got "500ms".',
  ],
  [
    '{before-shift: {run: [a], time-out: 1m}}',
    'lambdactl.yaml:9:40 functions.checkout.release.hooks.before-shift.time-out',
    'there is no such field. Did you mean timeout?',
  ],
  [
    '{before-shifts: [a]}',
    'lambdactl.yaml:9:15 functions.checkout.release.hooks.before-shifts',
    'there is no such field. Did you mean before-shift?',
  ],
])('%s is refused with its place', (hooks, place, text) => {
  expect(failureOf(() => shop(hooks)).message).toBe(`${place}: ${text}`)
})

test('a variable that is not set names its place', () => {
  const unset = () =>
    resolveFunction(shop('{before-shift: {run: [a, "${env:STAGE_NAME}"]}}'), 'prod', 'checkout', {
      variables: {},
    })
  expect(failureOf(unset).message).toBe(
    'lambdactl.yaml:9:39 functions.checkout.release.hooks.before-shift.run[1]: the variable STAGE_NAME of ${env:STAGE_NAME} is not set.',
  )
})

describe('for a machine that only carries a release on', () => {
  test('hooks are found where the rest of the function can not be resolved', () => {
    const config = shop('{before-shift: [./check]}', { fields: 'role: "${env:NO_SUCH}"' })
    expect(locateHooks(config, 'prod', 'checkout', {})).toEqual({
      'before-shift': { args: ['./check'], directory: '/service', timeoutMs: 60_000 },
    })
  })

  test('one that can not be resolved is unusable, and the others are there all the same', () => {
    const config = shop('{before-shift: ["${env:STAGE_NAME}"], after-shift: [./check]}')
    expect(locateHooks(config, 'prod', 'checkout', {})).toMatchObject({
      'before-shift': { unusable: expect.stringContaining('the variable STAGE_NAME') as string },
      'after-shift': { args: ['./check'] },
    })
  })

  test('an unknown function is not found', () => {
    expect(failureOf(() => locateHooks(shop('{}'), 'prod', 'other', {}))).toMatchObject({
      code: 'NOT_FOUND',
      next: ['Name one that it has, or add it under functions: of lambdactl.yaml.'],
    })
  })
})
