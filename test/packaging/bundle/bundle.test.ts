import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { LambdactlError } from '../../../src/errors/error.ts'
import type { BundleSettings, Entry } from '../../../src/packaging/model/types.ts'
import { packageFunction } from '../../../src/packaging/package-function.ts'
import { readZip } from '../../../src/packaging/unzip/ready-zip.ts'
import { folder } from '../folder.ts'

const files = {
  'index.ts': `import { greet } from './greet.ts'
export const handler = async (event: { name: string }): Promise<string> => {
  if (event.name === 'nobody') throw new Error('nobody is there')
  return greet(event.name)
}
`,
  'greet.ts': "import { hello } from 'dep'\nexport const greet = (name: string) => hello(name)\n",
  'node_modules/dep/package.json': '{"name": "dep", "main": "main.js"}',
  'node_modules/dep/main.js': "exports.hello = (name) => 'hello ' + name\n",
  'node_modules/@aws-sdk/client-s3/package.json': '{"name": "@aws-sdk/client-s3", "main": "main.js"}',
  'node_modules/@aws-sdk/client-s3/main.js': 'exports.S3 = class S3 {}\n',
}

async function entriesOf(zip: Buffer): Promise<Entry[]> {
  const unzipped = await readZip(zip, 'package.zip')
  return await Promise.all(
    unzipped.files.map(async ({ path, mode }) => ({ path, mode, content: await unzipped.read(path) })),
  )
}

async function bundled(bundle: BundleSettings, more: Record<string, string> = {}) {
  await using source = await folder({ ...files, ...more })
  const built = await packageFunction({
    source: source.path,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    bundle,
  })
  return { ...built, root: source.path, entries: await entriesOf(built.zip) }
}

async function run(entries: Entry[], script: string, ...flags: string[]) {
  await using out = await folder(Object.fromEntries(entries.map(({ path, content }) => [path, content])))
  await writeFile(join(out.path, 'run.mjs'), script)
  return await promisify(execFile)(process.execPath, [...flags, join(out.path, 'run.mjs')])
}

test('a bundle may be CommonJS', async () => {
  const { entries } = await bundled({ format: 'cjs' })
  expect(entries.map(({ path }) => path)).toEqual(['index.cjs'])
  const { stdout } = await run(
    entries,
    "import { createRequire } from 'node:module'\nconst { handler } = createRequire(import.meta.url)('./index.cjs')\nconsole.log(await handler({ name: 'Ada' }))",
  )
  expect(stdout).toBe('hello Ada\n')
})

test('a source map is a file of the package, names no folder of this machine, and Node reads it', async () => {
  const { entries, root } = await bundled({ sourcemap: true })
  expect(entries.map(({ path }) => path)).toEqual(['index.mjs', 'index.mjs.map'])
  expect(entries.every(({ content }) => !content.includes(root))).toBe(true)
  const script =
    "import { handler } from './index.mjs'\nawait handler({ name: 'nobody' }).catch((error) => console.log(error.stack))"
  const { stdout } = await run(entries, script, '--enable-source-maps')
  expect(stdout).toMatch(/index\.ts:3:/)
})

test('a bundle may be minified', async () => {
  const [plain, minified] = [await bundled({}), await bundled({ minify: true })]
  expect(minified.unzippedBytes).toBeLessThan(plain.unzippedBytes)
  const script = "import { handler } from './index.mjs'\nconsole.log(await handler({ name: 'Ada' }))"
  expect((await run(minified.entries, script)).stdout).toBe('hello Ada\n')
})

test('what an ES module makes itself, as CommonJS has it, is kept', async () => {
  const { entries } = await bundled(
    {},
    {
      'index.ts': `import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
const require = createRequire(import.meta.url)
const __filename = fileURLToPath(import.meta.url)
const __dirname = dirname(__filename)
export const handler = async () => require('node:path').relative(__dirname, __filename)
`,
    },
  )
  const { stdout } = await run(entries, "console.log(await (await import('./index.mjs')).handler())")
  expect(stdout).toBe('index.mjs\n')
})

test('what esbuild warns of in own code is said, and not what it warns of in that of others', async () => {
  const code = 'export const url = import.meta.url\n'
  const { notes } = await bundled(
    { format: 'cjs' },
    {
      'index.ts': `import { url } from 'dep'\n${code}export const handler = () => url\n`,
      'node_modules/dep/main.js': code,
    },
  )
  expect(notes).toEqual([
    'index.ts:2:20: "import.meta" is not available with the "cjs" output format and will be empty',
  ])
})

test('a native add-on, which no bundle can hold, is named with where it goes', async () => {
  const addOn = {
    'index.ts': "import nat from '@acme/nat'\nexport const handler = () => nat",
    'node_modules/@acme/nat/index.js': "module.exports = require('./nat.node')\n",
    'node_modules/@acme/nat/nat.node': 'a binary',
  }
  const failure: unknown = await bundled({}, addOn).catch((error: unknown) => error)
  expect((failure as LambdactlError).next[0]).toContain('bundle: {external: ["@acme/nat"]} adds it')
})

test('of many imports that lead nowhere the first line says the remedy, and ten more lines are enough', async () => {
  const imports = Array.from({ length: 211 }, (_, at) => `import 'missing-${at}'\n`).join('')
  const code = {
    'index.ts': `import 'dep'\nimport 'missing-7'\nexport * from './all.ts'\nexport const handler = () => 1`,
    'all.ts': imports,
    'node_modules/dep/main.js': "require('missing-dep')",
    'pnpm-lock.yaml': '',
  }
  const failure = await bundled({}, code).catch((error: LambdactlError) => error)
  const { message, next } = failure as LambdactlError
  const lines = message.split('\n')
  expect(lines[0]).toBe(
    "The function's code can't be built: 213 imports lead nowhere. Install the function's dependencies, or correct the imports:",
  )
  expect(lines).toHaveLength(12)
  expect(lines[1]).toContain('all.ts:1:8: Could not resolve "missing-0"')
  expect(lines.at(-1)).toBe('and 202 more')
  expect(next[0]).toMatch(/^Install the function's dependencies: \(cd .* && pnpm install\)$/)
})

test('external packages stay out', async () => {
  const { entries } = await bundled({ external: ['dep'] })
  expect(String(entries[0]?.content)).toContain('from "dep"')
})

const withSdk = {
  'index.ts': "import { S3 } from '@aws-sdk/client-s3'\nexport const handler = () => new S3()",
}

test("the AWS SDK is the runtime's unless it is to be bundled, and which one is said", async () => {
  const runtimes = await bundled({}, withSdk)
  expect(String(runtimes.entries[0]?.content)).toContain('from "@aws-sdk/client-s3"')
  expect(runtimes.notes).toEqual([
    "the AWS SDK is the runtime's own, not in the bundle (bundle: {sdk: bundle} adds it)",
  ])
  const own = await bundled({ sdk: 'bundle' }, withSdk)
  expect(String(own.entries[0]?.content)).not.toContain('from "@aws-sdk/client-s3"')
  expect(own.notes).toEqual(['the AWS SDK is in the bundle'])
  expect((await bundled({})).notes).toEqual([])
})

test('each module of a bundle comes with the imports that took it in', async () => {
  const { parts } = await bundled({})
  expect(parts.map(({ path, because }) => [path, because])).toEqual([
    ['node_modules/dep/main.js', ['index.ts', 'greet.ts']],
    ['greet.ts', ['index.ts']],
    ['index.ts', []],
  ])
})
