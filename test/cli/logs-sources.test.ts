import { expect, test } from 'vitest'
import { run } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const files = {
  'pay/src/index.ts': `import { priceOf } from './prices/price.js'

interface Order {
  order: number
}

export const handler = async ({ order }: Order): Promise<number> => priceOf(order)
`,
  'pay/src/prices/price.ts': `/** A type that the bundle does not have. */
export type Price = number

export function priceOf(order: number): Price {
  throw new TypeError(\`no price for order \${order}\`)
}
`,
}

test('stacks of a bundled TypeScript handler name the lines of its sources', async () => {
  const service = await makeService()
  await service.write(files)
  await service.writeFunction(
    'pay: {source: pay, runtime: nodejs24.x, handler: src/index.handler, bundle: {sourcemap: true, minify: true}}',
  )
  const place = await sandbox().deployFirst(service)
  await run(['invoke', 'pay', '-e', 'test', '--payload', '-'], place, '{"order": 17}')
  const shown = async (...args: string[]) => (await run(['logs', ...args, '-e', 'test'], place)).stdout
  for (const output of ['plain', 'pretty', 'ndjson', 'logfmt'])
    expect(await shown('pay', '--no-follow', '--output', output), `as ${output}`).toMatch(
      /at \S+ \(src\/prices\/price\.ts:5:\d+\)/,
    )
  expect(await shown('pay', '--no-follow', '--output', 'raw')).not.toContain('price.ts')
  expect(await shown('errors', 'pay')).toMatch(
    /TypeError: no price for order …\n +at \S+ \(src\/prices\/price\.ts:5/,
  )
})
