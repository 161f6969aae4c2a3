import { expect, test } from 'vitest'
import { patchFiles } from '../../../src/packaging/patch/patch-files.ts'
import { zipOf } from '../../sandbox/lambda/zip.ts'

type Files = Readonly<Record<string, string | Buffer>>

/** The differences between two packages, each file with its text. */
function patch(before: Files, after: Files) {
  const zip = (files: Files) =>
    zipOf(Object.entries(files).map(([name, content]) => ({ name, content: content as string })))
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => String(before[path]) !== String(after[path]),
  )
  return patchFiles({ zip: zip(before), what: 'shop:1' }, { zip: zip(after), what: 'the package' }, paths)
}

/** A bundle with the map of its sources, inline or beside it. */
function bundled(sources: Files, beside = false): Files {
  const map = JSON.stringify({
    version: 3,
    sources: Object.keys(sources),
    sourcesContent: Object.values(sources),
    mappings: '',
  })
  const code = `minified(${JSON.stringify(sources)});`.repeat(100)
  if (beside) return { 'index.mjs': `${code}\n//# sourceMappingURL=index.mjs.map\n`, 'index.mjs.map': map }
  const inline = Buffer.from(map).toString('base64')
  return { 'index.mjs': `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}\n` }
}

test('texts are compared by lines, in the unified format', async () => {
  const before = { 'app.py': 'def handler(event, context):\n    return 1\n', 'old.py': 'x\n' }
  const after = { 'app.py': 'def handler(event, context):\n    return 2\n', 'new.py': 'y\n' }
  expect(await patch(before, after)).toEqual([
    {
      path: 'app.py',
      text: '--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n def handler(event, context):\n-    return 1\n+    return 2\n',
    },
    { path: 'old.py', text: '--- a/old.py\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n' },
    { path: 'new.py', text: '--- /dev/null\n+++ b/new.py\n@@ -0,0 +1,1 @@\n+y\n' },
  ])
})

test.each([
  ['inline', false],
  ['beside it', true],
])('a bundle whose map is %s is compared by its sources, those of the project first', async (_, beside) => {
  const before = bundled({ '../node_modules/tea/index.js': 'a\n', '../src/index.ts': 'one\n' }, beside)
  const after = bundled({ '../../node_modules/tea/index.js': 'b\n', '../../src/index.ts': 'two\n' }, beside)
  expect(await patch(before, after)).toEqual([
    {
      path: 'src/index.ts',
      madeInto: 'index.mjs',
      text: '--- a/src/index.ts\n+++ b/src/index.ts\n@@ -1,1 +1,1 @@\n-one\n+two\n',
    },
    {
      path: 'node_modules/tea/index.js',
      madeInto: 'index.mjs',
      text: expect.stringContaining('-a\n+b\n') as string,
    },
  ])
})

test('a map that no line of its file names is not compared itself, whatever the file is called', async () => {
  const named = (source: string) => {
    const { 'index.mjs': code = '', 'index.mjs.map': map = '' } = bundled({ 'src/a.ts': source }, true)
    return { 'a%20b.mjs': String(code).replace(/\n.*\n$/, '\n'), 'a%20b.mjs.map': map }
  }
  const patches = await patch(named('one\n'), named('two\n'))
  expect(patches.map(({ path }) => path)).toEqual(['src/a.ts'])
})

test('sources that only one of the two has say nothing: the files are compared', async () => {
  const after = bundled({ 'src/index.ts': 'two\n' })
  const [only, ...others] = await patch({ 'index.mjs': 'export const handler = 1\n' }, after)
  expect(others).toEqual([])
  expect(only).toMatchObject({ path: 'index.mjs' })
  expect(only?.text).toMatch(/^not shown: it has a line of [\d,]+ characters, as a minified bundle has\./)
})

test.each([
  ['a map that is no JSON', '{', 'x'],
  ['a map without the text of its sources', '{"version":3,"sources":["a.ts"]}', 'x'],
])('%s is no map', async (_, map) => {
  const files = (text: string) => ({
    'index.js': `${text}\n//# sourceMappingURL=index.js.map\n`,
    'index.js.map': map,
  })
  expect((await patch(files('one'), files('two')))[0]?.text).toContain('-one\n+two\n')
})

test('a file that is no text is told by its sizes and digests, a secret not at all', async () => {
  const patches = await patch(
    { 'logo.png': Buffer.from([0, 1]), '.env': 'TOKEN=old\n', 'tls.pem': 'x\n' },
    {
      'logo.png': Buffer.from([0, 1, 2]),
      '.env': 'TOKEN=new\n',
      'tls.pem': '-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----\n',
    },
  )
  expect(patches).toEqual([
    {
      path: 'logo.png',
      text: expect.stringMatching(/^not text: 2 bytes, sha256 \w{16} → 3 bytes, sha256 \w{16}\n$/) as string,
    },
    { path: '.env', text: 'not shown: it looks like a secret.\n' },
    { path: 'tls.pem', text: 'not shown: it looks like a secret.\n' },
  ])
  expect(JSON.stringify(patches)).not.toMatch(/TOKEN|hush/)
})

test.each(['.lambdactl.key', 'id_rsa/a.txt', 'a/.env.pyc'])('%s is not shown either', async (path) => {
  expect(await patch({ [path]: 'old\n' }, { [path]: 'new\n' })).toEqual([
    { path, text: 'not shown: it looks like a secret.\n' },
  ])
})

test('ends of lines are seen where they differ, and only there', async () => {
  expect((await patch({ a: 'x\r\ny\r\n' }, { a: 'x\r\nz\r\n' }))[0]?.text).toContain(' x\n-y\n+z\n')
  expect((await patch({ a: 'x\r\n' }, { a: 'x\n' }))[0]?.text).toContain('-x␍\n+x\n')
})
