import { expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { configFrom, failureOf } from '../config-from.ts'

const role = 'arn:aws:iam::123456789012:role/shop'

function shop({ all = '', prod = '' }: { all?: string; prod?: string }) {
  return configFrom(`service: shop
${all}
functions:
  checkout: {source: functions/checkout, runtime: nodejs24.x, handler: index.handler}
environments:
  prod: {role: "${role}", account: "123456789012"${prod}}
`)
}

const artifactsOf = (written: { all?: string; prod?: string }) =>
  resolveFunction(shop(written), 'prod', 'checkout', { variables: { STAGE: 'blue' } }).artifacts

test('without a bucket there is none', () => {
  expect(artifactsOf({})).toBeUndefined()
})

test("a bucket's name is enough; keys have service and function, and the environment's account owns it", () => {
  expect(artifactsOf({ all: 'artifacts: "packages-${env}"' })).toEqual({
    bucket: 'packages-prod',
    keyPrefix: 'shop/checkout/',
    kmsKey: undefined,
    owner: '123456789012',
    always: false,
  })
})

test("the environment's beats that of the file, as a whole", () => {
  expect(
    artifactsOf({
      all: 'artifacts: {bucket: packages, kmsKey: alias/packages}',
      prod: ', artifacts: {bucket: others, prefix: "${env:STAGE}/", always: true}',
    }),
  ).toMatchObject({ bucket: 'others', keyPrefix: 'blue/shop/checkout/', kmsKey: undefined, always: true })
})

test.each([
  [
    'artifacts: No_Bucket',
    'lambdactl.yaml:2:12 artifacts: expected a bucket\'s name of 3 to 63 small letters, digits, - and ., got "No_Bucket".',
  ],
  [
    'artifacts: {bucket: "${env:NONE}"}',
    'lambdactl.yaml:2:21 artifacts.bucket: the variable NONE of ${env:NONE} is not set.',
  ],
])('%s is refused with its place', (all, message) => {
  expect(failureOf(() => artifactsOf({ all }))).toMatchObject({ code: 'CONFIG_INVALID', message })
})

test('what is no bucket is refused where it is written', () => {
  expect(failureOf(() => shop({ all: 'artifacts: {prefix: lambda/}' })).message).toContain(
    'lambdactl.yaml:2:',
  )
})
