import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { connectAws } from '../../../src/aws/connect-aws.ts'
import { download } from '../../../src/aws/lambda/download.ts'
import { deploymentsApi, tellDeployments } from '../../../src/cli/pipelines/github/deployments.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'

/** A proxy in HTTPS_PROXY that lets nothing through; the hosts that it was asked for. */
async function refusingProxy(): Promise<string[]> {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    proxy.close()
  })
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  return asked
}

const refusal = { code: 'UNREACHABLE', next: [expect.stringContaining('HTTPS_PROXY')] }

test('AWS, the links that it gives and GitHub are asked through the proxy in HTTPS_PROXY', async () => {
  const asked = await refusingProxy()
  const keys = { accessKeyId: 'x', secretAccessKey: 'y' }
  const options = { region: 'eu-west-1', endpoint: undefined, profile: undefined, endpoints: {}, keys }
  const aws = connectAws(connection(options, systemClock))
  await expect(aws.identity.caller(AbortSignal.timeout(20_000))).rejects.toMatchObject(refusal)
  expect(new Set(asked.splice(0))).toEqual(new Set(['sts.eu-west-1.amazonaws.com:443']))

  await expect(download('https://code.example.com/x.zip', 'the code')).rejects.toMatchObject(refusal)
  expect(asked.splice(0)).toEqual(['code.example.com:443'])

  const variables = { GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: 'octo/shop', GITHUB_SHA: 'e83c516' }
  const api = deploymentsApi({ ...variables, GITHUB_API_URL: 'https://api.github.example' })
  if (!api) throw new Error('no API')
  const outcomes = [{ function: 'hello', outcome: 'released', release: 'k3f9q2ab', begun: true }]
  await expect(tellDeployments(api, outcomes, 'prod')).rejects.toThrow('403 Forbidden')
  expect(asked).toEqual(['api.github.example:443'])
})
