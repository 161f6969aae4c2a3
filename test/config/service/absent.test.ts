import { expect, test } from 'vitest'
import { locateEnvironment, locateFunction } from '../../../src/config/service/locate.ts'
import { configFrom, failureOf } from '../config-from.ts'

const text = (dev: string) => `service: shop
functions:
  pay: {source: pay, runtime: python3.13, handler: app.handler}
  mail: {}
environments:
  dev: {region: eu-west-1, functions: {${dev}}}
  prod: {region: eu-west-1, functions: {mail: {manages: code}}}
`

test('a function that an environment says false of is not in it, and is in the others', () => {
  const config = configFrom(text('mail: false, pay: {memory: 256}'))
  const names = (environment: string) =>
    locateEnvironment(config, environment, {}).functions.map(({ name }) => name)
  expect(names('dev')).toEqual(['pay'])
  expect(names('prod')).toEqual(['pay', 'mail'])
  expect(failureOf(() => locateFunction(config, 'dev', 'mail', {}))).toMatchObject({
    code: 'NOT_FOUND',
    message:
      'lambdactl.yaml:6:46 environments.dev.functions.mail: mail is not in dev, since it is false there.',
  })
})

test('an environment says false of functions of the file alone, and nothing else but fields', () => {
  expect(failureOf(() => configFrom(text('mail: false, mial: false'))).message).toContain(
    'Did you mean mail?',
  )
  expect(failureOf(() => configFrom(text('mail: true'))).message).toContain(
    'functions.mail: expected a map of fields, or false, got true.',
  )
  expect(failureOf(() => configFrom(text('mail: false, pay: {memry: 1}'))).message).toContain(
    'Did you mean memory?',
  )
})
