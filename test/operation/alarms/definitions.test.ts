import { expect, test } from 'vitest'
import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'

const watched = { lambdaName: 'shop-checkout-prod', alias: 'live' }
const noActions = { actions: [], okActions: [] }

test('each kind of alarm has its metric, statistic and limit, on the alias and no version', () => {
  const limits = { errors: 3, throttles: 1, p99: 2000, iteratorAge: 60_000, deadLetterErrors: 1 }
  const made = definitionsOf(watched, { limits, ...noActions })
  expect(
    made.map(({ name, series: [one], threshold, comparison }) => [
      name,
      `${one?.metric?.statistic} ${one?.metric?.name}`,
      comparison,
      threshold,
    ]),
  ).toEqual([
    ['shop-checkout-prod-live-errors', 'Sum Errors', 'GreaterThanOrEqualToThreshold', 3],
    ['shop-checkout-prod-live-throttles', 'Sum Throttles', 'GreaterThanOrEqualToThreshold', 1],
    ['shop-checkout-prod-live-p99', 'p99 Duration', 'GreaterThanThreshold', 2000],
    ['shop-checkout-prod-live-iterator-age', 'Maximum IteratorAge', 'GreaterThanThreshold', 60_000],
    [
      'shop-checkout-prod-live-dead-letter-errors',
      'Sum DeadLetterErrors',
      'GreaterThanOrEqualToThreshold',
      1,
    ],
  ])
  const dimensions = made.flatMap(({ series }) => series.map(({ metric }) => metric?.dimensions))
  expect(new Set(dimensions.map((each) => JSON.stringify(each)))).toEqual(
    new Set([JSON.stringify({ FunctionName: 'shop-checkout-prod', Resource: 'shop-checkout-prod:live' })]),
  )
  expect(new Set(made.map(({ missingData }) => missingData))).toEqual(new Set(['notBreaching']))
})

test('a share of errors is an expression over two metrics of the alias', () => {
  const [rate] = definitionsOf(watched, { limits: { errors: { percent: 0.5 } }, ...noActions })
  expect(rate).toMatchObject({ threshold: 0.5, comparison: 'GreaterThanThreshold' })
  expect(
    rate?.series.map(({ id, expression, metric, returns }) => [id, expression ?? metric?.name, returns]),
  ).toEqual([
    ['rate', '100 * errors / invocations', true],
    ['errors', 'Errors', false],
    ['invocations', 'Invocations', false],
  ])
})
