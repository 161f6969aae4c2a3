import { expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { configFrom } from '../config-from.ts'

const file = (triggers: string, more = '') => `service: shop
functions:
  worker:
    source: .
    runtime: nodejs24.x
    handler: index.handler
    role: "arn:aws:iam::123456789012:role/app"
    triggers: ${triggers}
environments:
  prod: {region: eu-west-1}
${more}`

const read = (text: string) =>
  resolveFunction(configFrom(text), 'prod', 'worker', { variables: { QUEUE: 'orders' } }).triggers
const failure = (text: string): string => {
  try {
    read(text)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

test('triggers have their names, defaults, and values of this environment', () => {
  const overrides = `  dev: {region: eu-west-1}\n`
  const triggers =
    '{orders: {sqs: "${env:QUEUE}-${env}", batchSize: 5}, users: {permission: cognito-idp.amazonaws.com, apply: before}}'
  expect(read(file(triggers, overrides))).toEqual([
    {
      name: 'orders',
      apply: 'after',
      kind: 'sqs',
      source: 'orders-prod',
      settings: {
        batchSize: 5,
        batchWindowSeconds: 0,
        reportBatchItemFailures: false,
        filters: [],
        maximumConcurrency: 0,
      },
    },
    { name: 'users', apply: 'before', kind: 'permission', principal: 'cognito-idp.amazonaws.com' },
  ])
})

test('an environment adds, changes and leaves out triggers by their names', () => {
  const text = file('{orders: {sqs: orders}, jobs: {sqs: jobs}}').replace(
    'prod: {region: eu-west-1}',
    'prod: {region: eu-west-1, functions: {worker: {triggers: {jobs: null, orders: {sqs: sales}}}}}',
  )
  expect(read(text)?.map(({ name, ...rest }) => [name, 'source' in rest ? rest.source : ''])).toEqual([
    ['orders', 'sales'],
  ])
})

test.each([
  [
    '{orders: {sqs: orders, batchsize: 3}}',
    'lambdactl.yaml:8:38 functions.worker.triggers.orders.batchsize: there is no such field. Did you mean batchSize?',
  ],
  [
    '{orders: {sqs: orders, batchSize: 0}}',
    'functions.worker.triggers.orders.batchSize: expected a number from 1 to 10000, got 0.',
  ],
  [
    '{orders: {queue: orders}}',
    'functions.worker.triggers.orders: expected a trigger with its source: one of sqs, ',
  ],
  [
    '{orders: {sqs: orders, bisectBatch: true}}',
    'triggers.orders.bisectBatch: there is no such field. Expected one of sqs, ',
  ],
  [
    '{orders: {kinesis: clicks}}',
    'triggers.orders.startingPosition: expected one of LATEST, TRIM_HORIZON, got nothing.',
  ],
  ['{0rders: {sqs: orders}}', 'expected a name that begins with a letter'],
  [
    '{orders: {sqs: orders, batchSize: 20}}',
    'triggers.orders.batchSize: expected 10 at most without a batchWindow, got 20.',
  ],
])('%s is refused with the place and the expected value', (triggers, message) => {
  expect(failure(file(triggers))).toContain(message)
})

test("a function of another tool has none: they are that tool's", () => {
  const text = file('{orders: {sqs: orders}}').replace('    source: .', '    source: .\n    manages: code')
  expect(failure(text)).toContain('functions.worker.triggers: it belongs to the tool that makes the function')
})
