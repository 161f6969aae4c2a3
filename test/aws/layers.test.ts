import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connection } from '../../src/aws/client/connection.ts'
import { lambdaApi } from '../../src/aws/lambda/api.ts'
import { lambdaFunctions } from '../../src/aws/lambda/functions.ts'
import { systemClock } from '../../src/cli/run/clock.ts'
import { failureOf } from '../workflows/world.ts'

const arn = 'arn:aws:lambda:eu-west-1:999999999999:layer:pad:3'

/** Functions of a Lambda that knows one layer, of so many bytes as it says. */
async function withLayer(codeSize: number) {
  const asked: string[] = []
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(decodeURIComponent(url))
    if (url === '/layer.zip') return void response.end('zip')
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ Content: { CodeSize: codeSize, Location: `http://${headers.host}/layer.zip` } }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined, keys }, systemClock)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { functions: lambdaFunctions(lambdaApi(made)), asked }
}

test("a layer's zip is downloaded by its ARN, whosever it is", async () => {
  const { functions, asked } = await withLayer(3)
  expect(Buffer.from(await functions.layerZip(arn)).toString()).toBe('zip')
  expect(asked[0]).toContain(`Arn=${arn}`)
})

test('one that is large is left alone', async () => {
  const { functions, asked } = await withLayer(60_000_000)
  expect(await failureOf(functions.layerZip(arn))).toMatchObject({ brief: 'it is larger than 50 MiB' })
  expect(asked).toHaveLength(1)
})
