import { readFileSync } from 'node:fs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { beforeEach, expect, test, vi } from 'vitest'
import { handler } from '../functions/items/index.ts'

const event = JSON.parse(
  readFileSync(new URL('../events/items.json', import.meta.url), 'utf8'),
) as APIGatewayProxyEventV2
const send = vi.spyOn(DynamoDBClient.prototype, 'send')

function request(method: string, rawPath: string, body = ''): APIGatewayProxyEventV2 {
  const { requestContext } = event
  return {
    ...event,
    rawPath,
    body,
    requestContext: { ...requestContext, http: { ...requestContext.http, method } },
  }
}

beforeEach(() => {
  send.mockReset().mockImplementation(async () => ({}))
})

test('an item is written', async () => {
  expect(await handler(event)).toMatchObject({
    statusCode: 200,
    body: '{"id":"chair","name":"Chair","price":4900}',
  })
  expect(send.mock.calls[0]?.[0].input).toMatchObject({
    Item: { id: { S: 'chair' }, name: { S: 'Chair' }, price: { N: '4900' } },
  })
})

test('an item is read', async () => {
  send.mockImplementation(async () => ({ Item: { name: { S: 'Chair' }, price: { N: '4900' } } }))
  expect(await handler(request('GET', '/items/chair'))).toMatchObject({
    statusCode: 200,
    body: '{"id":"chair","name":"Chair","price":4900}',
  })
})

test.each([
  ['an item that is not there', 404, request('GET', '/items/none')],
  ['another path', 404, request('GET', '/orders')],
  ['another method', 405, request('DELETE', '/items/chair')],
  ['a body that is no JSON', 400, request('PUT', '/items/chair', 'Chair')],
  ['a body that is no item', 400, request('PUT', '/items/chair', '{"name": "Chair", "price": -1}')],
])('%s is answered with %i', async (_what, statusCode, asked) => {
  expect(await handler(asked)).toMatchObject({ statusCode })
})
