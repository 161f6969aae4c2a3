import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cloudWatchService } from '../../../src/sandbox/cloudwatch/service.ts'
import { lambdaService } from '../../../src/sandbox/lambda/service.ts'
import { standInExecutor } from '../lambda/stand-in-executor.ts'
import { type Served, serve } from '../serve.ts'
import { keepTemporarily } from '../state/temporarily.ts'

const account = '000000000000'
const clock = Date.now
const cloudWatch = cloudWatchService({ clock })
const lambda = lambdaService({ executor: standInExecutor(), codeDirectory: '/nowhere', clock, account })
const keeper = keepTemporarily(cloudWatch.persistent)
let server: Served
beforeAll(async () => {
  server = await serve([cloudWatch.service, lambda.service], account)
})
afterAll(async () => {
  await server.close()
  cloudWatch.close()
  keeper.close()
  await lambda.close()
})

const authorization = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

/** Sends a request as it is: fetch would straighten the path. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Uint8Array = '',
) {
  const sent = request({ host: '127.0.0.1', port: server.port, method, path, headers }).end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const said = await text(response)
  return { status: response.statusCode, type: response.headers['x-amzn-errortype'], text: said }
}

const toLambda = (method: string, path: string, body?: string | Uint8Array) =>
  send(method, path, { authorization: authorization('lambda') }, body)
const toCloudWatch = (operation: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  send(
    'POST',
    '/',
    {
      authorization: authorization('monitoring'),
      'x-amz-target': `GraniteServiceVersion20100801.${operation}`,
      ...headers,
    },
    body,
  )

const malformed = { status: 400, type: 'SerializationException' }

describe('a path', () => {
  test('with a bad percent-encoding is refused', async () => {
    expect(await toLambda('GET', '/2015-03-31/functions/%E0%A4%A')).toMatchObject(malformed)
  })

  test('with an encoded slash has it in the name, which no name has', async () => {
    expect(await toLambda('GET', '/2015-03-31/functions/a%2Fb')).toMatchObject({
      status: 400,
      type: 'ValidationException',
    })
  })

  test.each(['//', '//a:b/', 'http://[', '/2015-03-31/functions/a/../b'])(
    'that is %s has no operation',
    async (path) => {
      expect(await toLambda('GET', path)).toMatchObject({ status: 404, type: 'UnknownOperationException' })
    },
  )
})

describe('a body', () => {
  test.each(['null', '"text"', '5', '{half'])('that is %s is refused by either protocol', async (body) => {
    expect(await toLambda('POST', '/2015-03-31/functions', body)).toMatchObject(malformed)
    expect(await toCloudWatch('DescribeAlarms', body)).toMatchObject(malformed)
  })

  test.each([
    ['PutMetricData', { MetricData: 5 }, 'Expected a list for MetricData.'],
    ['PutMetricData', { MetricData: [null] }, 'Expected an object for an item of MetricData.'],
    ['PutMetricData', { MetricData: [{ Value: 'x' }] }, 'Expected a number for Value.'],
    ['PutMetricData', { MetricData: [{ Value: 'NaN' }] }, 'Expected a number for Value.'],
    ['DescribeAlarms', { AlarmNames: [5] }, 'Expected a string for an item of AlarmNames.'],
    ['DescribeAlarms', { NextToken: {} }, 'Expected a string for NextToken.'],
  ])('of %s with %j is refused by the name of the member', async (operation, body, message) => {
    expect(await toCloudWatch(operation, JSON.stringify(body))).toMatchObject({
      ...malformed,
      text: expect.stringContaining(message) as string,
    })
  })

  test('may have members that are null: they count as absent', async () => {
    expect(await toCloudWatch('DescribeAlarms', '{"AlarmNames":null}')).toMatchObject({ status: 200 })
  })

  test('may be gzipped, and is refused when it only says so', async () => {
    const gzip = { 'content-encoding': 'gzip' }
    expect(await toCloudWatch('DescribeAlarms', gzipSync('{}'), gzip)).toMatchObject({ status: 200 })
    expect(await toCloudWatch('DescribeAlarms', '{}', gzip)).toMatchObject(malformed)
  })

  test('that is larger than any service takes is answered with 413, gzipped or not', async () => {
    const large = Buffer.alloc(75_000_001, ' ')
    const tooLarge = { status: 413, type: 'RequestEntityTooLargeException' }
    expect(await toLambda('POST', '/2015-03-31/functions', large)).toMatchObject(tooLarge)
    const gzip = { 'content-encoding': 'gzip' }
    expect(await toCloudWatch('DescribeAlarms', gzipSync(large), gzip)).toMatchObject(tooLarge)
  })
})

test('a client that hangs up midway is no failure of the sandbox', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue()
  const socket = connect(server.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `POST /2015-03-31/functions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${authorization('lambda')}\r\ncontent-length: 99\r\n\r\n{`,
  )
  // The answer tells that the sandbox has seen the other request by now.
  expect(await toLambda('GET', '/2015-03-31/functions')).toMatchObject({ status: 200 })
  socket.destroy()
  expect(await toLambda('GET', '/2015-03-31/functions')).toMatchObject({ status: 200 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(logged).not.toHaveBeenCalled()
  logged.mockRestore()
})
