import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { lambdaApi } from '../../../src/aws/lambda/api.ts'
import { lambdaFunctions } from '../../../src/aws/lambda/functions.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** A Lambda that answers each request with the next of these status codes, and keeps what it was sent. */
async function lambda(...statuses: number[]) {
  const received: { length: string | undefined; body: string }[] = []
  const server = createServer((request, response) => {
    const answer = JSON.stringify({
      FunctionArn: 'arn:aws:lambda:eu-west-1:1:function:shop',
      Version: '$LATEST',
    })
    void text(request).then((body) => {
      const status = statuses[received.length] ?? 200
      received.push({ length: request.headers['content-length'], body })
      return response.writeHead(status, { 'content-type': 'application/json' }).end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = { region: 'eu-west-1', endpoint, profile: undefined }
  return { received, functions: lambdaFunctions(lambdaApi(connection(options, systemClock))) }
}

const zip = Buffer.alloc(1_500_000, 'a zip')
const how = { architecture: 'arm64', sourceKmsKey: '' } as const

test('a zip that goes to Lambda itself tells how far it is, and arrives whole', async () => {
  const { received, functions } = await lambda()
  const told: number[] = []
  await functions.updateCode('shop', how, { zip, onSent: (bytes) => told.push(bytes) }, 'revision')
  expect(told.length).toBeGreaterThan(20)
  expect(told.toSorted((a, b) => a - b)).toEqual(told)
  expect(told.at(0)).toBe(0)
  expect(told.at(-1)).toBe(zip.length)
  const [request] = received
  expect(request?.length).toBe(String(request?.body.length))
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    ZipFile: zip.toString('base64'),
    RevisionId: 'revision',
  })
})

test('a request that is tried again is sent whole again, and counted from 0', async () => {
  const { received, functions } = await lambda(500)
  const told: number[] = []
  await functions.updateCode('shop', how, { zip, onSent: (bytes) => told.push(bytes) }, 'revision')
  expect(received).toHaveLength(2)
  expect(received[1]).toEqual(received[0])
  expect(told.filter((bytes) => bytes === 0)).toHaveLength(2)
  expect(told.filter((bytes) => bytes === zip.length)).toHaveLength(2)
})
