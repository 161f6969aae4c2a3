import {
  DescribeQueriesCommand,
  type DescribeQueriesCommandInput,
  GetQueryResultsCommand,
  type ResultField,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type RunningLogs, runLogs } from './running-logs.ts'

let logs: RunningLogs
beforeEach(async () => {
  logs = await runLogs()
  const at = (offset: number, message: string) => ({ timestamp: logs.clock.now + offset, message })
  const id = (last: number) => `c0ffee00-0000-4000-8000-00000000000${last}`
  const report = (nr: number, ms: number, init = '') =>
    `REPORT RequestId: ${id(nr)}\tDuration: ${ms} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: 128 MB\tMax Memory Used: ${60 + nr} MB\t${init}\n`
  logs.sink.write('eu-west-1', logGroupName, 'one', [
    at(1000, `START RequestId: ${id(1)} Version: 7\n`),
    at(2000, `x\t${id(1)}\tERROR\tpayment 12 said no\n`),
    at(3000, report(1, 12.5, 'Init Duration: 150.25 ms\t')),
    at(4000, report(2, 300)),
    at(5000, '{"level":"error","message":"no stock","order":{"id":7}}'),
  ])
})
afterEach(() => logs.close())

const logGroupName = '/aws/lambda/shop'

const startQuery = async (queryString: string, input: Partial<StartQueryCommandInput> = {}) => {
  const startTime = logs.clock.now / 1000
  const span = { startTime, endTime: startTime + 60 }
  const answer = await logs.client.send(
    new StartQueryCommand({ logGroupName, ...span, queryString, ...input }),
  )
  return answer.queryId
}
const results = (queryId: string | undefined) => logs.client.send(new GetQueryResultsCommand({ queryId }))

/** The rows of a query's results, without the pointers. */
async function rows(query: string, input: Partial<StartQueryCommandInput> = {}) {
  const queryId = await startQuery(query, input)
  logs.clock.now += 1000
  const { results: found = [], status } = await results(queryId)
  expect(status).toBe('Complete')
  const ofEvent = ({ field }: ResultField) => field !== '@ptr'
  return found.map((row) => {
    const fields = row.filter(ofEvent).map(({ field = '', value }): [string, unknown] => [field, value])
    return Object.fromEntries(fields)
  })
}

test('JSON after a text is found too, beside the request id of the text', async () => {
  const timestamp = logs.clock.now + 6000
  const id = 'c0ffee00-0000-4000-8000-000000000003'
  const message = `2026-11-21T10:00:06.000Z\t${id}\tINFO\t{"message":"sold","order":{"total":120}}\n`
  logs.sink.write('eu-west-1', logGroupName, 'one', [{ timestamp, message }])
  expect(await rows('filter order.total > 100 | fields message, @requestId')).toEqual([
    { message: 'sold', '@requestId': id },
  ])
})

test('events come newest first, with the fields that are named', async () => {
  expect(await rows('fields @timestamp, order.id as item | limit 2')).toEqual([
    { '@timestamp': '2026-11-21 10:00:05.000', item: '7' },
    { '@timestamp': '2026-11-21 10:00:04.000' },
  ])
})

test.each([
  ['filter @message like /(?i)PAYMENT/ | fields 1 as found', [{ found: '1' }]],
  ['filter @message like "said no" and not level = "error" | fields 1 as found', [{ found: '1' }]],
  ['filter level in ["error", "fatal"] | fields message', [{ message: 'no stock' }]],
  [
    'filter @type = "REPORT" | sort @duration desc | fields @duration, @maxMemoryUsed / 1000000 as mb',
    [
      { '@duration': '300', mb: '62' },
      { '@duration': '12.5', mb: '61' },
    ],
  ],
  [
    'filter ispresent(@initDuration) | stats count(*) as starts, max(@initDuration) by bin(5m)',
    [{ 'bin(5m)': '2026-11-21 10:00:00.000', starts: '1', 'max(@initDuration)': '150.25' }],
  ],
  [
    'stats count(*) as n, max(@duration) - min(@duration) as spread by @type | sort n desc, @type',
    [{ n: '2', spread: '287.5', '@type': 'REPORT' }, { n: '2' }, { n: '1', '@type': 'START' }],
  ],
  [
    'parse @message "payment * said *\n" as nr, what | filter ispresent(nr) | display nr, what',
    [{ nr: '12', what: 'no' }],
  ],
  [
    'parse @message /payment (?<nr>\\d+)/ | filter nr > 9 | display coalesce(nr, "none") as nr',
    [{ nr: '12' }],
  ],
  [
    'filter @type = "REPORT" | stats earliest(@duration) as first, latest(@duration) as last',
    [{ first: '12.5', last: '300' }],
  ],
  [
    'fields strlen(@message) as size | stats max(size) > 20 as long, count(*) as n | display long, n',
    [{ long: 'true', n: '5' }],
  ],
  ['filter ispresent(constructor) | fields 1 as found', []],
  ['sort @duration desc | filter @type = "START" | display @type', [{ '@type': 'START' }]],
  [
    'filter @type = "REPORT" | stats pct(@duration, 50) as p50, avg(@billedDuration) as billed # and more',
    [{ p50: '12.5', billed: '156.5' }],
  ],
])('%s', async (query, expected) => {
  expect(await rows(query)).toEqual(expected)
})

test.each([
  [
    'dedup @message',
    'unsupported command dedup: the sandbox has fields, display, filter, stats, sort, limit, parse; at position 1',
  ],
  ['stats stddev(@duration)', 'unsupported function stddev'],
  ['stats constructor(@duration)', 'unsupported function constructor'],
  ['constructor @message', 'unsupported command constructor'],
  [
    'fields @message | filter (',
    'unexpected symbol found the end of the query, expected a value at position 27',
  ],
  ['filter @message like /[/', 'invalid regular expression /[/ at position 22'],
])('%s is refused, with the place', async (query, message) => {
  await expect(startQuery(query)).rejects.toMatchObject({
    name: 'MalformedQueryException',
    message: expect.stringContaining(message) as string,
  })
})

describe('a query', () => {
  test('runs for a moment, and can be stopped', async () => {
    const queryId = await startQuery('fields @message')
    expect(await results(queryId)).toMatchObject({ status: 'Running', results: [] })
    await logs.client.send(new StopQueryCommand({ queryId }))
    expect(await results(queryId)).toMatchObject({ status: 'Cancelled' })
    await expect(logs.client.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  test('has its own time span and limit, and statistics', async () => {
    const startTime = logs.clock.now / 1000 + 2
    const queryId = await startQuery('fields @message', { startTime, endTime: startTime + 1, limit: 1 })
    logs.clock.now += 1000
    const { results: found, statistics } = await results(queryId)
    expect(found).toHaveLength(1)
    expect(statistics).toMatchObject({ recordsScanned: 2, recordsMatched: 2 })
  })

  test('reads many events in turns with other requests, the newest first over all groups', async () => {
    const at = (offset: number) => ({
      timestamp: logs.clock.now + 10_000 + offset,
      message: `line ${offset}`,
    })
    const [even, odd] = [0, 1].map((first) =>
      Array.from({ length: 1500 }, (_, index) => at(2 * index + first)),
    )
    logs.sink.write('eu-west-1', logGroupName, 'one', even ?? [])
    logs.sink.write('eu-west-1', '/aws/lambda/other', 'one', odd ?? [])
    const groups = { logGroupName: undefined, logGroupNames: [logGroupName, '/aws/lambda/other'] }
    const queryId = await startQuery('filter @message like /line/ | fields @message', { ...groups, limit: 5 })
    logs.clock.now += 1000
    await expect.poll(async () => (await results(queryId)).status).toBe('Complete')
    const { results: found = [], statistics } = await results(queryId)
    expect(found.map(([field]) => field?.value)).toEqual(
      [2999, 2998, 2997, 2996, 2995].map((n) => `line ${n}`),
    )
    expect(statistics).toMatchObject({ recordsScanned: 3005, recordsMatched: 3000 })
    const slowest = await startQuery('sort @timestamp asc | fields @message | limit 2', {
      ...groups,
      limit: 5,
    })
    await expect.poll(async () => (await results(slowest)).status).toBe('Running')
    logs.clock.now += 1000
    await expect.poll(async () => (await results(slowest)).status).toBe('Complete')
    expect((await results(slowest)).results).toHaveLength(2)
  })

  test('of a group that does not exist is refused, as is an unknown id', async () => {
    const unknown = { name: 'ResourceNotFoundException' }
    await expect(startQuery('fields @message', { logGroupName: '/none' })).rejects.toMatchObject(unknown)
    await expect(results('none')).rejects.toMatchObject(unknown)
  })
})

test('queries are described, the newest first, with their source and their span', async () => {
  const first = await startQuery('fields @message')
  logs.clock.now += 1000
  const second = await startQuery('limit 1')
  const describeAll = async (input: DescribeQueriesCommandInput = {}) =>
    (await logs.client.send(new DescribeQueriesCommand(input))).queries
  expect(await describeAll({ logGroupName })).toMatchObject([
    { queryId: second, status: 'Running', queryLanguage: 'CWLI' },
    { queryId: first, status: 'Complete', createTime: logs.clock.now - 1000, logGroupName },
  ])
  const start = logs.clock.now / 1000 - 1
  expect(await describeAll({ status: 'Complete' })).toMatchObject([
    { queryString: `SOURCE "${logGroupName}" START=${start}000 END=${start + 60}999 | fields @message` },
  ])
  expect(await describeAll({ logGroupName: 'other' })).toEqual([])
})

test('a query of a group that does not exist has words of its own', async () => {
  await expect(startQuery('limit 1', { logGroupName: 'none' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringMatching(
      /^Log group 'none' does not exist for account ID '123456789012' \(Service: AWSLogs; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: .+; Proxy: null\)$/,
    ) as string,
  })
})
