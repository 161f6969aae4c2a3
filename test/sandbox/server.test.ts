import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { logsService } from '../../src/sandbox/logs/service.ts'
import { s3Service } from '../../src/sandbox/s3/service.ts'
import { stsService } from '../../src/sandbox/sts/service.ts'
import { clientSettings, type Served, serve } from './serve.ts'

let server: Served
let url: string
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'server-'))
  const s3 = s3Service({ directory: folder, clock: Date.now })
  const sts = stsService({ clock: Date.now, mayAssume: () => true })
  const services = [sts.service, logsService({ clock: Date.now }).service, s3.service]
  server = await serve(services, '123456789012')
  url = `${server.endpoint}/`
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

const authorization = (service: string, key = 'test') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20261121/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

async function post(headers: Record<string, string>, body = '{}') {
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), text }
}

test('the access key of the sandbox is taken, whatever is signed with it', async () => {
  const client = new STSClient(clientSettings(url))
  expect(await client.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '123456789012' })
  client.destroy()
})

describe('a request is refused', () => {
  test('without an Authorization header', async () => {
    expect(await post({ 'x-amz-target': 'Logs_20140328.DescribeLogGroups' })).toMatchObject({
      status: 403,
      type: 'MissingAuthenticationTokenException',
    })
  })

  test.each([
    ['logs', 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    ['sts', '<Code>InvalidClientTokenId</Code>', 'The security token included in the request is invalid.'],
    ['s3', '<Code>InvalidAccessKeyId</Code>', 'does not exist in our records.'],
    ['sqs', 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
  ])('with another access key, in the way of the service %s', async (service, code, message) => {
    for (const key of ['AKIAEXAMPLE', 'tes', 'test2']) {
      const { status, text } = await post({ authorization: authorization(service, key) })
      expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining(code) as string })
      expect(text).toContain(message)
    }
  })

  test('whose presigned link has expired', async () => {
    const query = new URLSearchParams({
      'X-Amz-Credential': 'test/20261121/eu-west-1/s3/aws4_request',
      'X-Amz-Date': '20251121T100000Z',
      'X-Amz-Expires': '900',
    })
    const response = await fetch(`${url}bucket/key?${query.toString()}`)
    expect([response.status, await response.text()]).toEqual([
      403,
      expect.stringContaining('<Message>Request has expired</Message><Expires>2025-11-21T10:15:00.000Z'),
    ])
  })

  test('with another access key in a presigned link, and taken with its own', async () => {
    const asked = async (key: string) => {
      const query = new URLSearchParams({
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': `${key}/20261121/eu-west-1/s3/aws4_request`,
        'X-Amz-Date': '29991121T100000Z',
        'X-Amz-Expires': '900',
        'X-Amz-Signature': '0',
        'X-Amz-SignedHeaders': 'host',
        'x-id': 'GetObject',
      })
      const response = await fetch(`${url}bucket/key?${query.toString()}`)
      return { status: response.status, text: await response.text() }
    }
    expect(await asked('AKIAEXAMPLE')).toMatchObject({
      status: 403,
      text: expect.stringContaining('InvalidAccessKeyId') as string,
    })
    expect(await asked('test')).toMatchObject({
      status: 404,
      text: expect.stringContaining('NoSuchBucket') as string,
    })
  })

  test.each(['Bearer token', 'AWS4-HMAC-SHA256 Signature=0', 'AWS4-HMAC-SHA256 Credential=key/1/eu/logs'])(
    'with the Authorization %s',
    async (value) => {
      expect(await post({ authorization: value })).toMatchObject({
        status: 403,
        type: 'IncompleteSignatureException',
      })
    },
  )

  test.each(['https://example.org', 'http://127.0.0.1:4510', 'null'])(
    'from the web page %s, even where it is signed',
    async (origin) => {
      expect(await post({ origin, authorization: authorization('logs') })).toMatchObject({
        status: 403,
        type: 'AccessDeniedException',
      })
    },
  )

  test('from a web page whose own name was made to resolve to loopback', async () => {
    const headers = { host: 'example.org', authorization: authorization('logs') }
    const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(403)
    response.resume()
  })

  test('for a service that the sandbox does not have', async () => {
    expect(await post({ authorization: authorization('sqs') })).toMatchObject({
      status: 501,
      type: 'NotImplemented',
      text: expect.stringContaining('The sandbox does not have the service sqs.') as string,
    })
  })

  test.each([
    ['Logs_20140328.constructor', 'logs:POST /'],
    ['Other_1.DescribeLogGroups', 'logs:POST /'],
  ])('for the operation %s', async (target, named) => {
    expect(await post({ authorization: authorization('logs'), 'x-amz-target': target })).toMatchObject({
      status: 404,
      type: 'UnknownOperationException',
      text: expect.stringContaining(`The sandbox does not have ${named}.`) as string,
    })
  })

  test('for an operation that AWS has and the sandbox does not, in a way that no client tries again', async () => {
    const headers = {
      authorization: authorization('logs'),
      'x-amz-target': 'Logs_20140328.CreateExportTask',
    }
    expect(await post(headers)).toMatchObject({
      status: 501,
      type: 'NotImplemented',
      text: expect.stringContaining('The sandbox does not have logs:CreateExportTask.') as string,
    })
  })

  test('with a body that is no JSON', async () => {
    const headers = {
      authorization: authorization('logs'),
      'x-amz-target': 'Logs_20140328.DescribeLogGroups',
    }
    expect(await post(headers, '{half')).toMatchObject({ status: 400, type: 'SerializationException' })
  })
})
