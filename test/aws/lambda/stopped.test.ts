import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { callsOf } from '../../../src/aws/client/calls.ts'
import { connection } from '../../../src/aws/client/connection.ts'
import { lambdaFunctions } from '../../../src/aws/lambda/functions.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import { failureOf } from '../../workflows/world.ts'

/** Functions of a Lambda that throttles every invocation for a reason; undefined: nobody may read the reservation. */
async function throttling(Reason: string, reserved: number | undefined) {
  const server = createServer(({ method }, response) => {
    response.setHeader('content-type', 'application/json')
    if (method === 'GET') {
      response.statusCode = reserved === undefined ? 403 : 200
      return void response.end(JSON.stringify({ ReservedConcurrentExecutions: reserved }))
    }
    response.writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException' })
    response.end(JSON.stringify({ Reason, Message: 'Rate Exceeded.' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new LambdaClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 })
  onTestFinished(() => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  })
  const made = connection({ region: undefined, endpoint, profile: undefined }, systemClock)
  const calls = callsOf(client, made)
  return lambdaFunctions({
    ...calls,
    upload: calls.call,
    invoke: calls.call,
    heard: { isMade: true },
    ended: undefined,
  })
}

const byReservation = 'ReservedFunctionConcurrentInvocationLimitExceeded'

test.each([
  [
    'its reservation is 0',
    byReservation,
    0,
    'STOPPED',
    'it is stopped by hand (its reserved concurrency is 0).',
  ],
  ['its reservation is used up', byReservation, 5, 'AWS_UNAVAILABLE', 'Rate Exceeded'],
  ['the reservation may not be read', byReservation, undefined, 'AWS_UNAVAILABLE', 'Rate Exceeded'],
  ['the account is busy', 'ConcurrentInvocationLimitExceeded', 0, 'AWS_UNAVAILABLE', 'Rate Exceeded'],
])('a throttle where %s', async (_, reason, reserved, code, words) => {
  const functions = await throttling(reason, reserved)
  const failure = await failureOf(functions.invoke('shop', 'live', Buffer.from('{}')))
  expect(failure).toMatchObject({
    code,
    message: expect.stringContaining(`Could not invoke shop:live: ${words}`) as string,
  })
})
