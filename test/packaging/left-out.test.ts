import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFunction } from '../../src/packaging/package-function.ts'
import { selectFiles } from '../../src/packaging/select/select-files.ts'
import { folder } from './folder.ts'

const files = {
  'index.js': 'exports.handler = () => 1',
  'index.test.js': '',
  'lib/price.spec.ts': '',
  'lib/latest.js': '',
  'lib/tests': 'a file',
  'test/price.js': '',
  'lib/__tests__/price.js': '',
  '.git/config': '',
  '.venv/pyvenv.cfg': '',
  'lambdactl.yaml': '',
  '.DS_Store': '',
  '.env': 'TOKEN=1',
  'node_modules/dep/test/index.js': '',
  'node_modules/dep/dep.test.js': '',
  'python/site-packages/numpy/tests/__init__.py': '',
}

const named = [
  '.git/',
  '.venv/',
  'index.test.js',
  'lambdactl.yaml',
  'lib/__tests__/',
  'lib/price.spec.ts',
  'test/',
]
const kept = [
  'index.js',
  'lib/latest.js',
  'lib/tests',
  'node_modules/dep/dep.test.js',
  'node_modules/dep/test/index.js',
  'python/site-packages/numpy/tests/__init__.py',
]

test('tests, histories and our own files stay out and are named; those of dependencies stay in', async () => {
  await using source = await folder(files)
  const { files: selected, leftOut, excludedSecrets } = selectFiles(source.path)
  expect(selected.map(({ path }) => path)).toEqual(kept)
  expect(leftOut).toEqual(named)
  expect(excludedSecrets).toEqual(['.env'])
})

const ofTools = [
  'lib/node_modules/.bin/tsc',
  'node_modules/.bin/tsc',
  'node_modules/.cache/babel/1.json',
  'node_modules/.modules.yaml',
  'node_modules/.package-lock.json',
  'node_modules/.pnpm-workspace-state-v1.json',
  'node_modules/.yarn-integrity',
  'node_modules/dep/node_modules/.bin/esbuild',
]

test("installers' own files in node_modules stay out, and no others of their names", async () => {
  const others = ['.bin/a', '.cache/b', 'node_modules/.prisma/client/index.js', 'node_modules/dep/.bin/c']
  const all = Object.fromEntries([...ofTools, ...others].map((path) => [path, '']))
  await using source = await folder({ 'index.js': '', ...all })
  const selected = () => selectFiles(source.path).files.map(({ path }) => path)
  expect(selected()).toEqual([...others, 'index.js'].toSorted())
  await writeFile(join(source.path, '.lambdactlignore'), '# none\n*.md\n')
  expect(selected()).toEqual([...others, 'index.js'].toSorted())
  await writeFile(join(source.path, '.lambdactlignore'), '!node_modules/.bin/\n')
  expect(selected()).toContain('node_modules/.bin/tsc')
})

test('.lambdactlignore takes them in, and what it leaves out itself is not named', async () => {
  await using source = await folder({
    ...files,
    '.lambdactlignore': '!test/\n!*.spec.ts\n!lambdactl.yaml\nlib/__tests__/\n.git\n',
  })
  const { files: selected, leftOut } = selectFiles(source.path)
  const paths = selected.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['test/price.js', 'lib/price.spec.ts', 'lambdactl.yaml']))
  expect(leftOut).toEqual(['.lambdactlignore', '.venv/', 'index.test.js'])
})

test('where packages were installed beside the code, only tests at the top are its own', async () => {
  await using source = await folder({
    'app.py': '',
    'tests/test_app.py': '',
    'numpy/tests/__init__.py': '',
    'numpy-2.0.dist-info/METADATA': '',
  })
  const { files: selected, leftOut } = selectFiles(source.path)
  expect(selected.map(({ path }) => path)).toContain('numpy/tests/__init__.py')
  expect(leftOut).toEqual(['tests/'])
})

test('the package says what was left out, and of what include names only', async () => {
  await using source = await folder(files)
  const fn = { source: source.path, runtime: 'nodejs24.x', handler: 'index.handler', bundle: false }
  const notes = async (more: object = {}) =>
    (await packageFunction({ ...fn, ...more })).notes.filter((note) => note.startsWith('left out'))
  expect(await notes()).toEqual([
    `left out by default: ${named.join(', ')} (a line such as !test/ in .lambdactlignore adds it)`,
  ])
  expect(await notes({ include: ['index.js', 'lib/'] })).toEqual([
    'left out by default: lib/__tests__/, lib/price.spec.ts (a line such as !lib/price.spec.ts in .lambdactlignore adds it)',
  ])
  expect(await notes({ include: ['index.js'] })).toEqual([])
})

test('a folder that another tool has built is packed with all of its files, and those like secrets are named', async () => {
  await using source = await folder(files)
  const fn = { source: source.path, runtime: 'nodejs24.x', handler: 'index.handler', bundle: false }
  const built = await packageFunction({ ...fn, isBuilt: true })
  expect(built.files.map(({ path }) => path)).toEqual(Object.keys(files).toSorted())
  expect(built.notes).toEqual(['the build put in what looks like secrets: .env'])
})
