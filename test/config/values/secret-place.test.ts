import { expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { referencesOf } from '../../../src/config/service/collect-references.ts'
import { nothingRead, readFrom } from '../../../src/config/values/references.ts'
import { configFrom, failureOf } from '../config-from.ts'

const variables = {
  AWS_SECRET_ACCESS_KEY: 'hush-key',
  AWS_SESSION_TOKEN: 'hush-session',
  AWS_ACCESS_KEY_ID: 'hush-id',
  AWS_SECURITY_TOKEN: 'hush-old',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/hush',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'hush-container',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://hush',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'hush-actions',
  CI_JOB_TOKEN: 'hush-job',
  DB_PASSWORD: 'hush-password',
  API_TOKEN: 'hush-token',
  DATABASE_URL: 'postgres://me:hush@db/shop',
  REPOSITORY_URL: 'https://hush-0123456789-abcdef@git.example/shop',
  DEPLOYER: 'AKIAHUSHHUSHHUSHHUSH',
  SIGNER: '-----BEGIN EC PRIVATE KEY-----\nhush',
  STAGE: 'blue',
  NAME: 'DB_PASSWORD',
}

function shop(fields: string) {
  return configFrom(`service: shop
functions:
  environment:
    source: checkout
    runtime: python3.13
    handler: app.handler
    ${fields}
environments:
  prod: {role: "arn:aws:iam::123456789012:role/shop"}
`)
}

const failure = (fields: string) =>
  failureOf(() =>
    resolveFunction(shop(fields), 'prod', 'environment', { variables, readReference: nothingRead }),
  )

test.each(Object.keys(variables).slice(0, 9))('%s is given to nothing, a function included', (name) => {
  for (const fields of [`environment: {KEY: "\${env:${name}}"}`, `name: "shop-\${env:${name}:-x}"`]) {
    expect(failure(fields).message).toContain(`got \${env:${name}}, a credential of this machine`)
    expect(failure(fields).message).not.toMatch(/hush[-/]|: hush/)
  }
})

test.each([
  'name: "${env:API_TOKEN}"',
  'description: "${env:DB_PASSWORD}"',
  'tags: {a: "${env:API_TOKEN}"}',
  'onFailure: "arn:aws:sqs:eu-west-1:123456789012:${env:API_TOKEN}"',
  'role: "arn:aws:iam::123456789012:role/${env:DB_PASSWORD}"',
  'release: {alarms: ["${env:API_TOKEN}"]}',
  'release: {hooks: {before-shift: [curl, "${env:API_TOKEN}"]}}',
  'build: [make, "${env:API_TOKEN}"]',
  'requirements: "${env:API_TOKEN}"',
  'description: "${env:${env:NAME}}"',
  'description: "${env:NONE:-${env:API_TOKEN}}"',
  'description: "${env:DATABASE_URL}"',
  'description: "${env:REPOSITORY_URL}"',
  'description: "${env:DEPLOYER}"',
  'description: "${env:SIGNER}"',
  'description: "${secret:db}"',
  'tags: {a: "${secret:db#password:-none}"}',
])('a secret in %s is refused without being told', (fields) => {
  const { message, next } = failure(fields)
  expect(message).toMatch(
    /^lambdactl\.yaml:\d+:\d+ functions\.environment\..*can be used only in a function's environment/,
  )
  expect(message).not.toContain('hush')
  expect(next).not.toEqual([])
})

test('in the variables of a function secrets have their place, and other variables everywhere', () => {
  const config = shop(
    'name: "shop-${env:STAGE}"\n    environment: {A1: "${env:API_TOKEN}", B1: "${env:DATABASE_URL}", C1: "${secret:db}"}',
  )
  expect(
    resolveFunction(config, 'prod', 'environment', { variables, readReference: nothingRead }),
  ).toMatchObject({
    lambdaName: 'shop-blue',
    environment: { A1: 'hush-token', B1: 'postgres://me:hush@db/shop' },
  })
})

test('a secret elsewhere is refused before anything is read; of parameters, those that turn out to be SecureStrings', () => {
  expect(
    failureOf(() => referencesOf(shop('tags: {a: "${secret:db:-x}"}'), 'prod', ['environment'], {})).message,
  ).toContain('${secret:db}')
  const config = shop('tags: {a: "${ssm:/a}"}')
  const values = {
    commit: undefined,
    secrets: new Map<string, string>(),
    parameters: new Map([['/a', 'hush']]),
  }
  const resolve = (secure: string[]) =>
    resolveFunction(config, 'prod', 'environment', {
      variables: {},
      readReference: readFrom({ ...values, secure: new Set(secure) }),
    })
  expect(failureOf(() => resolve(['/a'])).message).toContain(
    '${ssm:/a} is a secret, or its name sounds like one',
  )
  expect(resolve([]).attachments?.tags).toEqual({ a: 'hush' })
})
