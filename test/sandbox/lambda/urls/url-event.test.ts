import { CreateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { createActive, startLambda } from '../sandbox.ts'

/** Makes a URL whose handler answers its event. */
async function openUrl() {
  const { client, executor } = await startLambda()
  await createActive(client, 'shop')
  executor.answer = (_target, { payload }) => ({ payload, logTail: '' })
  const { FunctionUrl = '' } = await client.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'shop', AuthType: 'NONE' }),
  )
  return (path: string) => fetch(`${FunctionUrl}${path}`)
}

test('a path that is no UTF-8 reaches the handler as it was sent', async () => {
  const at = await openUrl()
  const answer = await at('%ff/a%20b')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    rawPath: '/%ff/a%20b',
    requestContext: { http: { path: '/%ff/a%20b' } },
  })
})

test('a handler is told whom a request came from, and nothing of the connection itself', async () => {
  const at = await openUrl()
  const { headers } = (await (await at('')).json()) as { headers: Record<string, string> }
  expect(headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-port': headers['host']?.split(':')[1],
    'x-forwarded-proto': 'http',
  })
  expect(headers).not.toHaveProperty('connection')
})

test('a parameter may have any name', async () => {
  const at = await openUrl()
  const { queryStringParameters } = (await (
    await at('?constructor=x&__proto__=y&toString=1&toString=2')
  ).json()) as { queryStringParameters: object }
  expect(Object.entries(queryStringParameters)).toEqual([
    ['constructor', 'x'],
    ['__proto__', 'y'],
    ['toString', '1,2'],
  ])
})
