import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  type MetricTransformation,
  PutMetricFilterCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Datum } from '../../../src/sandbox/telemetry.ts'
import { type RunningLogs, runLogs } from './running-logs.ts'

const logGroupName = '/aws/lambda/shop'
let logs: RunningLogs
let data: (Datum & { region: string })[]
beforeEach(async () => {
  data = []
  logs = await runLogs({
    metrics: { record: (region, given) => data.push(...given.map((datum) => ({ region, ...datum }))) },
  })
  await logs.client.send(new CreateLogGroupCommand({ logGroupName }))
})
afterEach(() => logs.close())

const put = (filterPattern: string, changes: Partial<MetricTransformation> = {}, filterName = 'errors') =>
  logs.client.send(
    new PutMetricFilterCommand({
      logGroupName,
      filterName,
      filterPattern,
      metricTransformations: [
        { metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1', ...changes },
      ],
    }),
  )
const write = (...messages: string[]) =>
  logs.sink.write(
    'eu-west-1',
    logGroupName,
    'one',
    messages.map((message) => ({ timestamp: logs.clock.now, message })),
  )

describe('a metric filter', () => {
  test('makes a datum of each line that matches, in the Region of the group', async () => {
    await put('ERROR')
    write('an ERROR', 'fine', 'ERROR again')
    const datum = {
      region: 'eu-west-1',
      namespace: 'Shop',
      name: 'Errors',
      dimensions: {},
      value: 1,
      unit: 'None',
      timestamp: logs.clock.now,
    }
    expect(data).toEqual([datum, datum])
  })

  test('takes the value and the dimensions from fields of JSON, of lines that have them', async () => {
    await put('{ $.ms > 100 }', {
      metricValue: '$.ms',
      unit: 'Milliseconds',
      dimensions: { Path: '$.path' },
    })
    write('{"ms":250,"path":"/cart"}', '{"ms":50,"path":"/cart"}', '{"ms":300}', 'no JSON')
    expect(data).toMatchObject([{ value: 250, unit: 'Milliseconds', dimensions: { Path: '/cart' } }])
  })

  test('takes a number or its text from a field, and nothing else', async () => {
    await put('{ $.ms = * }', { metricValue: '$.ms' })
    for (const ms of ['""', '" "', 'false', 'true', 'null', '[]', '[7]', '{}', '"fast"', '"12"', '0']) {
      write(`{"ms":${ms}}`)
    }
    expect(data.map(({ value }) => value)).toEqual([12, 0])
  })

  test('takes the value from a field between spaces', async () => {
    await put('[..., status = 5*, bytes]', { metricValue: '$bytes' })
    write('GET /cart 502 1534', 'GET /cart 200 9')
    expect(data).toMatchObject([{ value: 1534 }])
  })

  test('reports its default value where no line matches', async () => {
    await put('ERROR', { defaultValue: 0 })
    write('fine', 'fine too')
    expect(data).toMatchObject([{ value: 0 }])
    write('ERROR', 'fine')
    expect(data.map(({ value }) => value)).toEqual([0, 1])
  })

  test('is described, counted, replaced, and gone with its group', async () => {
    await put('ERROR', { defaultValue: 0 })
    await put('WARN', { metricName: 'Warnings' }, 'warnings')
    await put(' ', {})
    const describeAll = async (input = {}) =>
      (await logs.client.send(new DescribeMetricFiltersCommand(input))).metricFilters
    const errors = {
      filterName: 'errors',
      filterPattern: ' ',
      logGroupName,
      creationTime: logs.clock.now,
      applyOnTransformedLogs: false,
      metricTransformations: [{ metricName: 'Errors', metricNamespace: 'Shop', metricValue: '1' }],
    }
    expect(await describeAll({ logGroupName, filterNamePrefix: 'err' })).toEqual([errors])
    expect(await describeAll({ metricName: 'Warnings', metricNamespace: 'Shop' })).toMatchObject([
      { filterName: 'warnings' },
    ])
    const groups = await logs.client.send(new DescribeLogGroupsCommand({}))
    expect(groups.logGroups).toMatchObject([{ metricFilterCount: 2 }])
    const gone = { logGroupName, filterName: 'warnings' }
    await logs.client.send(new DeleteMetricFilterCommand(gone))
    await expect(logs.client.send(new DeleteMetricFilterCommand(gone))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified metric filter does not exist.',
    })
    await logs.client.send(new DeleteLogGroupCommand({ logGroupName }))
    expect(await describeAll()).toEqual([])
  })
})

test('TestMetricFilter tells the lines that match, and the fields in them', async () => {
  const { matches } = await logs.client.send(
    new TestMetricFilterCommand({
      filterPattern: '[ip, ..., status = 4*]',
      logEventMessages: ['10.0.0.1 GET 404', '10.0.0.2 GET 200'],
    }),
  )
  expect(matches).toEqual([
    {
      eventNumber: 1,
      eventMessage: '10.0.0.1 GET 404',
      extractedValues: { $ip: '10.0.0.1', $status: '404' },
    },
  ])
})

describe('a metric filter is refused', () => {
  const transformation = { metricName: 'metric1', metricNamespace: 'namespace1', metricValue: '1' }
  test.each<[string, Promise<unknown> | (() => Promise<unknown>), string]>([
    ['with a pattern that is none', () => put('{ $.a'), 'Invalid filter pattern'],
    [
      'with a long name',
      () => put('', {}, 'X'.repeat(513)),
      "at 'filterName' failed to satisfy constraint: Member must have length less than or equal to 512",
    ],
    [
      'with a long pattern',
      () => put('X'.repeat(1025)),
      "at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
    ],
    ['with a value that is none', () => put('', { metricValue: 'many' }), 'no number and no field'],
    [
      'with a default and dimensions',
      () => put('', { defaultValue: 0, dimensions: { a: '$.a' } }),
      'mutually exclusive',
    ],
    [
      'with two transformations',
      () =>
        logs.client.send(
          new PutMetricFilterCommand({
            logGroupName,
            filterName: 'two',
            filterPattern: '',
            metricTransformations: [transformation, { ...transformation, metricName: 'metric2' }],
          }),
        ),
      "Value '[MetricTransformation(metricName=metric1, metricNamespace=namespace1, metricValue=1, defaultValue=null, unit=null, dimensions=null), MetricTransformation(metricName=metric2, metricNamespace=namespace1, metricValue=1, defaultValue=null, unit=null, dimensions=null)]' at 'metricTransformations' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
  ])('%s', async (_, refused, message) => {
    await expect(typeof refused === 'function' ? refused() : refused).rejects.toThrow(message)
  })
})
