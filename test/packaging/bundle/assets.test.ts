import { describe, expect, test } from 'vitest'
import { answerOf, bundle, codeOf, refusalOf } from './bundling.ts'

const png = Buffer.from('\x89PNG\0\x01', 'latin1')
const files = {
  'index.ts':
    "import daily from './daily.sql'\nexport const handler = async () => ({ query: daily.trim() })\n",
  'daily.sql': 'select count(*) from orders where day = $1\n',
}

describe('a file without a loader is refused with the line that takes it in', () => {
  test('text', async () => {
    const { message, next } = await refusalOf(bundle(files))
    expect(message).toContain('index.ts:1:19: No loader is configured for ".sql" files: daily.sql')
    expect(next).toEqual([
      'Name the loader for such files in lambdactl.yaml: bundle: {loader: {".sql": text}}',
      "Or name it in the import, for that file only: import daily from './daily.sql' with { type: 'text' }",
    ])
  })

  test.each([
    ['.graphql', 'type Query { a: Int }', 'text'],
    ['.html', '<p>é</p>', 'text'],
    ['.pem', '-----BEGIN CERTIFICATE-----', 'text'],
    ['.wasm', Buffer.from('\0asm\x01\0\0\0', 'latin1'), 'binary'],
    ['.png', png, 'binary'],
    ['.node', 'an add-on', 'copy'],
  ])('%s', async (ending, content, loader) => {
    const code = `import it from './it${ending}'\nexport const handler = () => it`
    const { next } = await refusalOf(bundle({ 'index.ts': code, [`it${ending}`]: content }))
    expect(next[0]).toContain(`bundle: {loader: {"${ending}": ${loader}}}`)
  })

  test('several endings, in one line', async () => {
    const code = "import './a.sql'\nimport './b.sql'\nimport './c.png'\nexport const handler = () => 1"
    const { next } = await refusalOf(bundle({ 'index.ts': code, 'a.sql': '', 'b.sql': '', 'c.png': png }))
    expect(next).toEqual([expect.stringContaining('bundle: {loader: {".png": binary, ".sql": text}}')])
  })

  test('beside those that have one, which stay in the line', async () => {
    const { next } = await refusalOf(bundle(files, { bundle: { loader: { '.html': 'text' } } }))
    expect(next[0]).toContain('bundle: {loader: {".html": text, ".sql": text}}')
  })

  test('of a dependency, whose imports nobody can change', async () => {
    const { next } = await refusalOf(
      bundle({
        'index.ts': "import it from 'dep'\nexport const handler = () => it",
        'node_modules/dep/index.mjs': "import it from './it.gql'\nexport default it",
        'node_modules/dep/package.json': '{"main": "index.mjs"}',
        'node_modules/dep/it.gql': 'text',
      }),
    )
    expect(next).toEqual([expect.stringContaining('".gql": text')])
  })

  test('of a language, which a plugin compiles', async () => {
    const code = "import it from './it.vue'\nexport const handler = () => it"
    const { next } = await refusalOf(bundle({ 'index.ts': code, 'it.vue': '<template/>' }))
    expect(next).toEqual([expect.stringContaining('bundle: {plugins: [./PLUGIN.mjs]}')])
  })
})

describe('what the error says works', () => {
  test('a loader', async () => {
    const built = await bundle(files, { bundle: { loader: { '.sql': 'text' } } })
    expect(await answerOf(built)).toEqual({ query: 'select count(*) from orders where day = $1' })
    expect(built.files.map(({ path }) => path)).toEqual(['index.mjs'])
  })

  test('an import attribute, for text and for bytes', async () => {
    const code = `import daily from './daily.sql' with { type: 'text' }
import png from './it.png' with { type: 'bytes' }
export const handler = async () => [daily.length, png.length]\n`
    expect(await answerOf(await bundle({ ...files, 'index.ts': code, 'it.png': png }))).toEqual([43, 6])
  })

  test('a file that a loader puts beside the bundle is in the package, and found', async () => {
    const code = `import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import page from './page.html'
export const handler = async () => readFileSync(join(import.meta.dirname, page), 'utf8')\n`
    const built = await bundle(
      { 'src/index.ts': code, 'src/page.html': '<p>hello</p>' },
      { bundle: { loader: { '.html': 'file' } }, handler: 'src/index.handler' },
    )
    expect(built.files.map(({ path }) => path)).toEqual([
      'src/index.mjs',
      expect.stringMatching(/^src\/page-\w+\.html$/),
    ])
    expect(await answerOf(built, 'src/index.mjs')).toBe('<p>hello</p>')
  })
})

const named = {
  'index.ts':
    "import { Order } from './order.ts'\nexport const handler = async () => new Order().constructor.name",
  'order.ts': 'export class Order {}',
}

test('names are kept where the bundle is minified, unless that is switched off', async () => {
  expect(await answerOf(await bundle(named, { bundle: { minify: true } }))).toBe('Order')
  expect(await answerOf(await bundle(named, { bundle: { minify: true, keepNames: false } }))).not.toBe(
    'Order',
  )
  const plain = await bundle(named)
  const kept = await bundle(named, { bundle: { keepNames: true } })
  expect(kept.codeDigest).not.toBe(plain.codeDigest)
})

const twoForms = {
  'index.ts': "import { form } from 'dep'\nexport const handler = async () => form",
  'node_modules/dep/package.json': JSON.stringify({
    name: 'dep',
    exports: { '.': { worker: './worker.mjs', module: './module.mjs', default: './main.mjs' } },
  }),
  'node_modules/dep/worker.mjs': "export const form = 'worker'",
  'node_modules/dep/module.mjs': "export const form = 'module'",
  'node_modules/dep/main.mjs': "export const form = 'main'",
}

test('conditions choose among the exports of a package, beside those that are there anyway', async () => {
  const plain = await bundle(twoForms)
  expect(await answerOf(plain)).toBe('module')
  const worker = await bundle(twoForms, { bundle: { conditions: ['worker'] } })
  expect(await answerOf(worker)).toBe('worker')
  expect(worker.codeDigest).not.toBe(plain.codeDigest)
  expect(await answerOf(await bundle(twoForms, { bundle: { conditions: ['other'] } }))).toBe('module')
})

test('mainFields choose among the modules that a package.json names', async () => {
  const twoFields = {
    'index.ts': "import { form } from 'dep'\nexport const handler = async () => form",
    'node_modules/dep/package.json': '{"name": "dep", "main": "main.js", "module": "module.mjs"}',
    'node_modules/dep/main.js': "exports.form = 'main'",
    'node_modules/dep/module.mjs': "export const form = 'module'",
  }
  const form = async (mainFields: string[]) => answerOf(await bundle(twoFields, { bundle: { mainFields } }))
  expect(await form(['module', 'main'])).toBe('module')
  expect(await form(['main', 'module'])).toBe('main')
})

test('an ES module has what CommonJS dependencies ask for, also with all options', async () => {
  const built = await bundle(
    {
      'index.ts': `import dep from 'dep'
const later = await Promise.resolve('later')
export const handler = async () => [dep(), later]`,
      'node_modules/dep/index.js':
        "module.exports = () => [typeof require('node:fs').readFileSync, require('node:path').basename(__filename), typeof __dirname]",
    },
    { bundle: { minify: true, keepNames: true, sourcemap: true, conditions: ['production'] } },
  )
  expect(await answerOf(built)).toEqual([['function', 'index.mjs', 'string'], 'later'])
  expect(built.files.map(({ path }) => path)).toEqual(['index.mjs', 'index.mjs.map'])
  expect(await codeOf(built)).toContain('sourceMappingURL=index.mjs.map')
})
