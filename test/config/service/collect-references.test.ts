import { expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { referencesOf } from '../../../src/config/service/collect-references.ts'
import { isSelfContained, nothingRead, readFrom, unread } from '../../../src/config/values/references.ts'
import { configFrom, failureOf } from '../config-from.ts'

function shop(fields: string, environment = '') {
  return configFrom(`service: shop
functions:
  checkout:
    source: checkout
    runtime: python3.13
    handler: app.handler
    ${fields}
  other: {source: other, runtime: python3.13, handler: a.b, environment: {KEY: "\${ssm:/other}"}}
environments:
  prod: {role: "arn:aws:iam::123456789012:role/shop"${environment}}
`)
}

const values = {
  commit: '0123456789'.repeat(4),
  parameters: new Map([['/shop/prod/key', 'k1']]),
  secrets: new Map([
    ['db', '{"password": "hush", "port": 5432, "list": []}'],
    ['plain', 'text'],
  ]),
  secure: new Set(['/shop/prod/key']),
}

function variables(text: string, given: Record<string, string> = {}) {
  const config = shop(`environment: {KEY: ${JSON.stringify(text)}}`)
  return resolveFunction(config, 'prod', 'checkout', { variables: given, readReference: readFrom(values) })
    .environment['KEY']
}

test.each([
  ['${service}-${function}-${env}', 'shop-checkout-prod'],
  ['${ssm:/shop/${env}/key}', 'k1'],
  ['${secret:db#password}:${secret:db#port}', 'hush:5432'],
  ['${secret:plain}', 'text'],
  ['${git.sha}', '0123456789'.repeat(4)],
  ['${env:NAME:-fallback}', 'fallback'],
  ['${env:EMPTY:-fallback}', 'fallback'],
  ['${env:EMPTY}', ''],
  ['${env:NAME:-}', ''],
  ['${env:NAME:-${env:OTHER:-${env}}}', 'prod'],
  ['${ssm:/none:-${secret:db#none:-last}}', 'last'],
  ['${ssm:/shop/${env:STAGE:-prod}/key:-x}', 'k1'],
  ['$${ssm:/none} and ${env}', '${ssm:/none} and prod'],
  ['$${open', '${open'],
  ['$$${env}', '$${env}'],
])('%s is %s', (text, expected) => {
  expect(variables(text, { EMPTY: '' })).toBe(expected)
})

const unknownForm = (got: string) =>
  `expected \${env}, \${function}, \${service}, \${region}, \${account}, \${git.sha}, \${env:NAME}, \${ssm:NAME} or \${secret:NAME#KEY}, got ${got}.`

test.each([
  ['${ssm:/none}', 'the parameter /none of ${ssm:/none} does not exist in the account and Region of prod.'],
  [
    '${secret:none}',
    'the secret none of ${secret:none} does not exist in the account and Region of prod, or has no text.',
  ],
  [
    '${secret:db#list}',
    'the secret db of ${secret:db#list} does not exist in the account and Region of prod, or is not JSON with text at list.',
  ],
  [
    '${ssm:/${ssm:/shop/prod/key}}',
    "${ssm:/shop/prod/key} can't be used here, since only a deploy reads it, for the function's settings.",
  ],
  ['on ${env', 'expected a } to close ${env, got none.'],
  ['${env:}', unknownForm('${env:}')],
  ['${ssm:}', unknownForm('${ssm:}')],
  ['${secret:}', unknownForm('${secret:}')],
  ['${secret:db#}', unknownForm('${secret:db#}')],
])('%s is refused with its place, and names no value', (text, expected) => {
  const failure = failureOf(() => variables(text))
  expect(failure.message).toBe(`lambdactl.yaml:7:24 functions.checkout.environment.KEY: ${expected}`)
  expect(failure.next).not.toEqual([])
})

test('references are those of the chosen functions alone, each once, those of a fallback too', () => {
  const config = shop(
    'environment: {AA: "${ssm:/a}", BB: "${ssm:/a}${secret:s#x}${secret:s#y}", CC: "${env:C:-${ssm:/c}}"}\n    tags: {commit: "${git.sha}"}\n    vpc: {subnets: ["${ssm:/subnet/${env}}"]}',
  )
  expect(referencesOf(config, 'prod', ['checkout'], {})).toEqual({
    commit: true,
    parameters: ['/a', '/c', '/subnet/prod'],
    secrets: ['s'],
  })
  expect(referencesOf(config, 'prod', ['other'], {}).parameters).toEqual(['/other'])
  expect(isSelfContained(referencesOf(shop('memory: 128'), 'prod', ['checkout'], {}))).toBe(true)
})

test("the environment's role counts where the function has none", () => {
  const config = shop('memory: 128', ', functions: {checkout: {description: "${ssm:/d}"}}')
  expect(referencesOf(config, 'prod', ['checkout'], {}).parameters).toEqual(['/d'])
  const withRole = configFrom(
    'service: s\nfunctions: {f: {source: f, runtime: python3.13, handler: a.b}}\nenvironments: {prod: {role: "${ssm:/role}"}}',
  )
  expect(referencesOf(withRole, 'prod', ['f'], {}).parameters).toEqual(['/role'])
})

test('what a package holds does not depend on it, since a package is made without AWS too', () => {
  const config = shop('build: [make, "${ssm:/token}"]')
  expect(referencesOf(config, 'prod', ['checkout'], {}).parameters).toEqual([])
  expect(
    failureOf(() =>
      resolveFunction(config, 'prod', 'checkout', { variables: {}, readReference: readFrom(values) }),
    ).message,
  ).toContain("functions.checkout.build[1]: ${ssm:/token} can't be used here")
})

test('an image may be named by a parameter; where nothing is read, what stands for it does', () => {
  const config = shop('memory: 128', ', functions: {checkout: {description: "${ssm:/d}"}}')
  expect(
    resolveFunction(config, 'prod', 'checkout', { variables: {}, readReference: nothingRead }).description,
  ).toBe(unread)
  const image = configFrom(
    'service: s\nfunctions: {f: {image: "${ssm:/image}"}}\nenvironments: {prod: {role: "${ssm:/role}"}}',
  )
  expect(referencesOf(image, 'prod', ['f'], {}).parameters).toEqual(['/image', '/role'])
  expect(resolveFunction(image, 'prod', 'f', { variables: {}, readReference: nothingRead }).image?.uri).toBe(
    unread,
  )
})

test('names and releases are needed where nothing may be read, so they refer to nothing outside', () => {
  const config = shop('release: {alarms: ["${ssm:/alarm}"]}')
  expect(referencesOf(config, 'prod', ['checkout'], {}).parameters).toEqual([])
  expect(
    failureOf(() =>
      resolveFunction(config, 'prod', 'checkout', { variables: {}, readReference: readFrom(values) }),
    ).message,
  ).toContain("functions.checkout.release.alarms[0]: ${ssm:/alarm} can't be used here")
  expect(
    failureOf(() => resolveFunction(shop('name: "${ssm:/n}"'), 'prod', 'checkout', { variables: {} }))
      .message,
  ).toContain("can't be used here")
})
