import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const handler = `export const handler = async ({ order, way }) => {
  console.log('charging order', order)
  if (way === 'hang') await new Promise(() => setInterval(() => {}, 1000))
  if (way === 'exit') process.exit(3)
  if (way === 'throw') throw new TypeError('no price')
  return 'paid'
}
`
const id = '00000000-aaaa-4bbb-8ccc-dddddddddddd'
/** The words of Lambda for a request that needed more memory than it has; the sandbox limits no memory. */
const outOfMemory = [
  `START RequestId: ${id} Version: 1`,
  `2026-11-27T03:40:55.123Z\t${id}\tINFO\tcharging order 5`,
  `RequestId: ${id} Error: Runtime exited with error: signal: killed\nRuntime.ExitError`,
  `END RequestId: ${id}`,
  `REPORT RequestId: ${id}\tDuration: 812.03 ms\tBilled Duration: 813 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\tStatus: error\tError Type: Runtime.ExitError`,
]

async function failed() {
  const service = await makeService()
  await service.write({
    'shop/index.mjs': handler,
    'down/index.mjs': `console.log('opening the table')
if (process.env.AWS_LAMBDA_RUNTIME_API) throw new Error('no table')
export const handler = async () => 1
`,
  })
  const fields = 'runtime: nodejs24.x, handler: index.handler, bundle: false, memory: 128, timeout: 1s'
  await service.writeFunction(`shop: {source: shop, ${fields}}\n  down: {source: down, ${fields}}`)
  const place = await sandbox().deployFirst(service)
  const invoke = (name: string, event: object) =>
    run(['invoke', name, '-e', 'test', '--payload', '-'], place, JSON.stringify(event))
  for (const [index, way] of ['none', 'throw', 'exit', 'hang'].entries())
    await invoke('shop', { order: index + 1, way })
  await invoke('down', {})
  await sandbox().writeLog(service.lambdaName.replace('-hello-', '-shop-'), outOfMemory)
  return place
}

test('--errors has each way to fail: a throw, an exit, a time-out, too much memory, and a failed start', async () => {
  const place = await failed()
  const shown = async (...args: string[]) =>
    (await run(['logs', ...args, '-e', 'test', '--no-follow', '--errors'], place)).stdout
  const plain = await shown('shop')
  expect(plain.match(/charging order \d/g)?.toSorted()).toEqual(
    [2, 3, 4, 5].map((order) => `charging order ${order}`),
  )
  expect(plain).not.toContain('REPORT ok')
  expect(plain).toMatch(/ REPORT error .* TypeError: no price$/m)
  expect(plain).toMatch(/ REPORT exit .*Runtime exited with error: exit status 3$/m)
  expect(plain).toMatch(/ REPORT timeout .*Task timed out after 1\.00 seconds$/m)
  expect(plain).toMatch(/ REPORT out-of-memory 812 ms 128\/128 MB out of memory: .*signal: killed$/m)
  const pretty = await shown('shop', '--output', 'pretty')
  expect(pretty.match(/ ✖ .* MB /g)).toHaveLength(4)

  const down = await shown('down')
  expect(down).toContain('opening the table')
  expect(down).toContain('Error: no table')
  expect(down).toMatch(/ ERROR INIT_REPORT .* Phase: init Status: error Error Type: Error$/m)
  expect(down).toMatch(/ REPORT init-failed /)

  const list = await runTo(0, ['logs', 'errors', 'shop', '-e', 'test'], place)
  expect(list.stdout).toMatch(/^shop {2}4 of 5 requests since .* failed, in 4 ways$/m)
  const start = await runTo(0, ['logs', 'errors', 'down', '-e', 'test'], place)
  expect(start.stdout).toMatch(/^down {2}1 of 1 request since .* failed, in 1 way$/m)
})
