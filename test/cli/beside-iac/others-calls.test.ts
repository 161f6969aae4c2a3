import { expect, test } from 'vitest'
import { run } from '../cli.ts'
import { isOthers } from '../others-calls.ts'
import { startProxy } from '../proxy.ts'
import { useSandbox } from '../sandbox.ts'
import { temporaryFolder, writeFiles } from '../service.ts'

const sandbox = useSandbox()

const request = (method: string, url: string, headers = {}) => ({ method, url, headers })

test("calls of the other tool are told from lambdactl's own, and from those for its other functions", () => {
  const some = { codeOnly: ['shop-pay-prod'], isAll: false }
  const configuration = (name: string) => request('PUT', `/2015-03-31/functions/${name}/configuration`)
  expect(isOthers(configuration('shop-pay-prod'), some)).toBe(true)
  expect(isOthers(configuration('shop-cart-prod'), some)).toBe(false)
  expect(isOthers(request('POST', '/2015-03-31/functions'), some)).toBe(false)
  expect(isOthers(request('POST', '/2015-03-31/functions'), { ...some, isAll: true })).toBe(true)
  expect(isOthers(request('POST', '/2015-03-31/functions/shop-pay-prod/policy'), some)).toBe(true)
  const scaling = { 'x-amz-target': 'AnyScaleFrontendService.RegisterScalableTarget' }
  expect(isOthers(request('POST', '/', scaling), { ...some, isAll: true })).toBe(true)
  expect(isOthers(request('PUT', '/2015-03-31/functions/shop-pay-prod/code'), some)).toBe(false)
  expect(isOthers(request('PUT', '/2015-03-31/functions/shop-pay-prod/aliases/live'), some)).toBe(false)
})

test("each request of a run about another tool's function bears the mark by which it is judged", async () => {
  const folder = await temporaryFolder()
  const agents: unknown[] = []
  const { url } = await startProxy(sandbox().url, (_, { headers }) => {
    agents.push(headers['user-agent'])
    return 'passes'
  })
  const write = (manages: string) =>
    writeFiles(folder, {
      'lambdactl.yaml': `service: shop
functions: {pay: {source: pay, runtime: nodejs24.x, handler: index.handler}}
environments: {prod: {region: eu-west-1${manages}}}
`,
    })
  const place = sandbox().place({ folder }, { AWS_ENDPOINT_URL: url })
  await write(', manages: code, functions: {pay: {manages: code}}')
  await run(['canary', 'status', 'pay'], place)
  expect(agents.length).toBeGreaterThan(0)
  for (const agent of agents) expect(agent).toMatch(/ app\/beside-\d+/)
  agents.length = 0
  await write('')
  await run(['canary', 'status', 'pay'], place)
  expect(agents.length).toBeGreaterThan(0)
  for (const agent of agents) expect(agent).not.toMatch(/app\/beside/)
})
