import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { TimeSample } from '../../../src/aws/answers/server-time.ts'
import { connection } from '../../../src/aws/client/connection.ts'
import { connectAws } from '../../../src/aws/connect-aws.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import type { Aws } from '../../../src/ports/aws.ts'
import { failureOf } from '../../workflows/world.ts'

process.env['AWS_ACCESS_KEY_ID'] ??= 'test'
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test'

const html = '<!doctype html><title>Sign in</title><script>secret()</script>'
const known = { 'x-amzn-requestid': 'c0ffee', 'content-type': 'application/json' }
const alias = { Name: 'live', FunctionVersion: '3', RevisionId: 'r1', Description: '' }

/** The ports of an AWS that answers so, and what it was told of the time. */
async function answering(
  listener: RequestListener,
): Promise<{ aws: Aws; times: TimeSample[]; asked: () => number }> {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume().once('end', () => listener(request, response))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const times: TimeSample[] = []
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = { region: 'eu-west-1', endpoint, profile: undefined }
  const aws = connectAws(connection(options, systemClock, { onTime: (sample) => void times.push(sample) }))
  return { aws, times, asked: () => asked }
}

const settings = { version: '4', weight: undefined, description: 'lambdactl' }
const versions = { functionName: 'shop', alias: 'live', candidate: '4', stable: '3' }
const calls: Record<string, (aws: Aws) => Promise<unknown>> = {
  'read an alias': ({ aliases }) => aliases.get('shop', 'live'),
  'list aliases': ({ aliases }) => aliases.list('shop'),
  'update an alias': ({ aliases }) => aliases.update('shop', 'live', settings, 'r1'),
  'read a function': ({ functions }) => functions.get('shop'),
  'invoke a function': ({ functions }) => functions.invoke('shop', undefined, Buffer.from('{}')),
  'publish a version': ({ functions }) =>
    functions.publish('shop', { codeSha256: 'x', revisionId: 'r', description: '' }),
  'remove provisioned concurrency': ({ concurrency }) => concurrency.unprovision('shop', '3'),
  'remove reserved concurrency': ({ concurrency }) => concurrency.unreserve('shop'),
  'read alarms': ({ alarms }) => alarms.describe(['errors']),
  'read metrics': ({ metrics }) => metrics.traffic(versions, 0, 60_000),
  'read logs': ({ logEvents }) => logEvents.page({ group: '/aws/lambda/shop', since: 0 }),
  'write the journal': ({ journal }) => journal.append('abc', { time: Date.now() }),
  'ask who calls': ({ identity }) => identity.caller(),
  'list triggers': ({ triggers }) => triggers.list('shop', 'live'),
  'read a parameter': ({ parameters }) => parameters.parameters(['one']),
  'read a secret': ({ parameters }) => parameters.secret('one'),
  'keep a package': ({ artifacts }) =>
    artifacts.keep(
      { bucket: 'b', key: 'k', kmsKey: undefined, owner: undefined },
      Buffer.from('zip'),
      () => undefined,
    ),
}

test.each(Object.entries(calls))('to %s, an HTML page with status 200 is no answer', async (_, call) => {
  const { aws } = await answering((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      date: 'Sat, 01 Jan 2000 00:00:00 GMT',
    })
    response.end(html)
  })
  const error = await failureOf(call(aws))
  expect(error).toMatchObject({ code: 'UNREACHABLE' })
  expect(error.message).not.toMatch(/JSON|token|Deserialization|\$response|doctype/)
})

test.each([
  ['an HTML page as JSON', 200, known, html],
  ['half a document', 200, known, JSON.stringify(alias).slice(0, 40)],
  ['nothing', 200, known, ''],
  ['JSON of another shape', 200, known, '{"status":"ok"}'],
  ['an alias without a revision', 200, known, JSON.stringify({ ...alias, RevisionId: undefined })],
  ['an alias without a version', 200, known, JSON.stringify({ ...alias, FunctionVersion: undefined })],
  ['a list', 200, known, '[]'],
  ['a word', 200, known, '"ok"'],
  ['a redirect', 302, { location: 'https://portal.example/' }, ''],
  ['a redirect that looks like AWS', 307, { ...known, location: 'https://portal.example/' }, '{}'],
  ['a proxy that asks to sign in', 407, { 'content-type': 'application/json' }, '{"message":"sign in"}'],
  ['a network that asks to sign in', 511, { 'content-type': 'text/html' }, html],
  ['a page that forbids', 403, { 'content-type': 'text/html' }, html],
  ['a page that knows nothing', 404, { 'content-type': 'text/html' }, html],
  ['JSON of something else that knows nothing', 404, {}, '{"error":"not found"}'],
] as const)('%s is no answer, and asked for again', async (_, status, headers, body) => {
  const { aws, times, asked } = await answering((_request, response) => {
    response.writeHead(status, headers).end(body)
  })
  const error = await failureOf(aws.aliases.get('shop', 'live'))
  expect(['UNREACHABLE', 'AWS_UNAVAILABLE']).toContain((error as unknown as { code: string }).code)
  expect(error.message).not.toMatch(/JSON|token|Deserialization|\$response|doctype/)
  expect(asked()).toBe(3)
  expect(times).toEqual([])
})

test('a page of a gateway is a failure on the way', async () => {
  const { aws } = await answering((_request, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end(html)
  })
  expect(await failureOf(aws.aliases.get('shop', 'live'))).toMatchObject({ code: 'AWS_UNAVAILABLE' })
})

test('what the service itself says is its answer, and tells the time', async () => {
  const { aws, times } = await answering((_request, response) => {
    response.writeHead(200, { ...known, date: 'Sat, 01 Jan 2000 00:00:00 GMT' }).end(JSON.stringify(alias))
  })
  expect(await aws.aliases.get('shop', 'live')).toMatchObject({ version: '3', revisionId: 'r1' })
  expect(times).toMatchObject([{ date: Date.parse('2000-01-01T00:00:00Z') }])
})

test('one bad answer is passed over', async () => {
  let nth = 0
  const { aws } = await answering((_request, response) => {
    nth += 1
    response.writeHead(200, known).end(nth === 1 ? html : JSON.stringify(alias))
  })
  expect(await aws.aliases.get('shop', 'live')).toMatchObject({ version: '3' })
})

test('an error that the service names is its own', async () => {
  const { aws } = await answering((_request, response) => {
    response.writeHead(404, { ...known, 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}')
  })
  expect(await aws.aliases.get('shop', 'live')).toBeUndefined()
})
