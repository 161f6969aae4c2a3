import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import type { Tailing } from '../../../src/workflows/logs/patient-pages.ts'
import { sourceStacks } from '../../../src/workflows/logs/source-stacks.ts'
import { zipOf } from '../../sandbox/lambda/zip.ts'
import { virtualClock } from './virtual-clock.ts'

const source = `interface Order { total: number }

export function handler({ total }: Order): void {
  throw new TypeError(\`no price for \${total}\`)
}
`

/** A package whose script is made of a source, and the place of the source's \`new TypeError\` in it. */
function bundled(sourcemap: boolean | 'inline') {
  const { outputFiles } = buildSync({
    stdin: { contents: source, loader: 'ts', sourcefile: 'src/pay.ts', resolveDir: import.meta.dirname },
    absWorkingDir: import.meta.dirname,
    outfile: 'index.mjs',
    format: 'esm',
    minify: true,
    sourcemap,
    write: false,
  })
  const files = outputFiles.map(({ path, text }) => ({
    name: path.endsWith('.map') ? 'index.mjs.map' : 'index.mjs',
    content: text,
  }))
  const code = files.find(({ name }) => name === 'index.mjs')?.content ?? ''
  return { zip: zipOf(files), column: code.indexOf('new TypeError') + 1 }
}

function tailing(
  code: () => Promise<Uint8Array>,
): Tailing & { asked: string[]; clock: ReturnType<typeof virtualClock> } {
  const asked: string[] = []
  const functions = {
    code: (name: string, version: string) => {
      asked.push(`${name}:${version}`)
      return code()
    },
  }
  const clock = virtualClock(0)
  return { aws: { functions }, clock, asked, signal: new AbortController().signal } as never
}

const others = '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)'
const stackAt = (column: number) => [`    at handler (file:///var/task/index.mjs:1:${column})`, others]

test.each([true, 'inline'] as const)(
  'a stack names the places of the sources (map: %s)',
  async (sourcemap) => {
    const { zip, column } = bundled(sourcemap)
    const run = tailing(async () => zip)
    const stacks = sourceStacks(run, 2000)
    const mapped = ['    at handler (src/pay.ts:4:9)', others]
    expect(await stacks('shop', '7', stackAt(column))).toEqual(mapped)
    expect(await stacks('shop', '7', stackAt(column))).toEqual(mapped)
    expect(run.asked).toEqual(['shop:7'])
  },
)

test('a package without a map leaves the stack as it is', async () => {
  const { zip, column } = bundled(false)
  expect(
    await sourceStacks(
      tailing(async () => zip),
      2000,
    )('shop', '7', stackAt(column)),
  ).toEqual(stackAt(column))
})

test.each([
  ["that can't be read", async () => Promise.reject(new Error('denied'))],
  ['that is damaged', async () => Buffer.from('no zip')],
  [
    'with a wrong map',
    async () =>
      zipOf([
        { name: 'index.mjs', content: 'throw 1\n//# sourceMappingURL=index.mjs.map\n' },
        { name: 'index.mjs.map', content: '{"version":3,"sources":[1],"mappings":"!!"}' },
      ]),
  ],
])('a package %s leaves the stack as it is', async (_, code) => {
  expect(await sourceStacks(tailing(code), 2000)('shop', '7', stackAt(1))).toEqual(stackAt(1))
})

test('no package is read for stacks of other code', async () => {
  const run = tailing(async () => Buffer.of())
  const python = ['Traceback (most recent call last):', '  File "/var/task/app.py", line 3, in handler']
  expect(await sourceStacks(run, 2000)('shop', '7', python)).toEqual(python)
  const installed = ['    at pay (/var/task/node_modules/pay/index.js:1:1)']
  expect(await sourceStacks(run, 2000)('shop', '7', installed)).toEqual(installed)
  expect(run.asked).toEqual([])
})

test('lines wait two seconds for a package; stacks that come later have its places', async () => {
  const { zip, column } = bundled(true)
  const { promise, resolve } = Promise.withResolvers<Uint8Array>()
  const run = tailing(() => promise)
  const stacks = sourceStacks(run, 2000)
  const first = stacks('shop', '7', stackAt(column))
  await run.clock.pass(2000)
  expect(await first).toEqual(stackAt(column))
  resolve(zip)
  await expect
    .poll(() => stacks('shop', '7', stackAt(column)))
    .toEqual(['    at handler (src/pay.ts:4:9)', others])
})
