import { describe, expect, test } from 'vitest'
import type { BundleSettings } from '../../src/packaging/model/types.ts'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { answerOf } from './bundle/bundling.ts'
import { folder } from './folder.ts'
import { failureOf, load } from './loading.ts'

const index = "import { query } from 'client'\nexport const handler = async () => query()\n"
const reading = (path: string) => `exports.query = () => require('node:fs').readFileSync(${path}, 'utf8')`
const joined = "require('node:path').join(__dirname, 'engine.bin')"
const client = (code: string) => ({
  'index.ts': index,
  'node_modules/client/index.js': code,
  'node_modules/client/engine.bin': 'engine 7',
  'engine.bin': '',
})

async function notesOf(
  files: Record<string, string>,
  more: { bundle?: BundleSettings; include?: string[] } = {},
) {
  await using source = await folder(files)
  const fn = { source: source.path, runtime: 'nodejs24.x', handler: 'index.handler' }
  return (await packageFunction({ ...fn, bundle: more.bundle ?? true, include: more.include })).notes
}

const note =
  'bundled packages read files of their own folders that the package does not have: client (engine.bin); if the function needs these files, leave the packages unbundled: bundle: {external: [client]} adds them beside the bundle'

describe('a bundled package that reads files beside itself is named', () => {
  test.each([
    ['joined', reading(joined)],
    ['added', reading("__dirname + '/engine.bin'")],
    ['in a template', reading('`${__dirname}/engine.bin`')],
    [
      'by a URL',
      "import { readFileSync } from 'node:fs'\nexport const query = () => readFileSync(new URL('./engine.bin', import.meta.url))",
    ],
    [
      'by the folder of an ES module',
      "import { readFileSync } from 'node:fs'\nimport { join } from 'node:path'\nexport const query = () => readFileSync(join(import.meta.dirname, 'engine.bin'))",
    ],
    [
      'by a name that it gives to its folder',
      "import { readFileSync } from 'node:fs'\nimport { dirname, join } from 'node:path'\nimport { fileURLToPath } from 'node:url'\nconst here = dirname(fileURLToPath(import.meta.url))\nexport const query = () => readFileSync(join(here, 'engine.bin'))",
    ],
    [
      'by createRequire',
      "import { createRequire } from 'node:module'\nconst ask = createRequire(import.meta.url)\nexport const query = () => ask('./engine.bin')",
    ],
    ['by require.resolve', "exports.query = () => require.resolve('./engine.bin')"],
  ])('%s', async (_, code) => {
    expect(await notesOf(client(code))).toEqual([note])
  })

  test('also in CommonJS, and minified', async () => {
    expect(await notesOf(client(reading(joined)), { bundle: { format: 'cjs' } })).toEqual([note])
    expect(await notesOf(client(reading(joined)), { bundle: { minify: true } })).toEqual([note])
  })

  test('where the name is not in the code', async () => {
    const code = `const name = process.env.ENGINE\n${reading("require('node:path').join(__dirname, name)")}`
    expect(await notesOf(client(code))).toEqual([
      expect.stringContaining('client (names that are known only when it runs)'),
    ])
  })

  test('several in one sentence', async () => {
    const names = ['a', 'b', 'c', 'd', '@scope/e', 'f']
    const files = Object.fromEntries(
      names.flatMap((name) => [
        [`node_modules/${name}/index.js`, reading(joined)],
        [`node_modules/${name}/engine.bin`, ''],
      ]),
    )
    const code = names.map((name) => `export * as ${name.replace('@scope/', '')} from '${name}'`)
    const notes = await notesOf({
      ...files,
      'index.mjs': `${code.join('\n')}\nexport const handler = () => 1`,
    })
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/: a \(engine\.bin\), .* and 2 more; /)
  })
})

describe('nothing is said', () => {
  test.each([
    [
      'of a package that is kept whole',
      reading(joined),
      { bundle: { external: ['client'] }, include: ['node_modules/client/'] },
    ],
    [
      'of files that are beside the bundle',
      reading("__dirname + '/engine.bin'"),
      { include: ['engine.bin'] },
    ],
    ['of files that are nowhere', reading("__dirname + '/other.bin'"), {}],
    ['of a place that nothing is read from', 'exports.query = () => __dirname', {}],
    ['of what a comment says', `// ${joined}\n/* ${joined} */\nexports.query = () => __filename`, {}],
    [
      'of the place for require',
      "import { createRequire } from 'node:module'\nexport const query = createRequire(import.meta.url)",
      {},
    ],
  ] as const)('%s', async (_, code, more) => {
    expect(await notesOf(client(code), more as { bundle?: BundleSettings; include?: string[] })).toEqual([])
  })

  test('of a module that nothing is left of', async () => {
    const files = { ...client(`if (false) { ${joined} }\nexports.query = () => 1`) }
    expect(await notesOf({ ...files, 'index.ts': 'export const handler = () => 1' })).toEqual([])
  })
})

test('an engine in a folder with a dot, as generators make it, is told, and comes along as the note says', async () => {
  const files = {
    ...client("module.exports = require('.acme/client')"),
    'node_modules/.acme/client/package.json': '{"main": "index.js"}',
    'node_modules/.acme/client/index.js': reading(joined),
    'node_modules/.acme/client/engine.bin': 'engine 7',
  }
  expect(await notesOf(files)).toEqual([expect.stringContaining('bundle: {external: [.acme]}')])
  await using source = await folder(files)
  const fn = { source: source.path, runtime: 'nodejs24.x', handler: 'index.handler' }
  const built = await packageFunction({ ...fn, bundle: { external: ['.acme'] } })
  expect(built.notes).toEqual([])
  expect(await answerOf(built)).toBe('engine 7')
})

test('where a package fails without its file while it is loaded, the error says how to keep it whole', async () => {
  const files = client(`${reading(joined)}\nexports.query()`)
  expect(await failureOf(load(files, { bundle: true }))).toMatch(/ENOENT[^]*engine\.bin/)
  const failure: unknown = await load(files, { bundle: true }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ next: expect.arrayContaining([note]) as string[] })
})
