import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Tools } from '../../../src/packaging/model/types.ts'
import { withBuild } from '../../../src/packaging/tools/with-build.ts'
import { folder } from '../folder.ts'
import { tools } from '../tools.ts'

const node = process.execPath
const nothing = () => Promise.resolve()

/** Builds in a folder, of which everything is the source. */
function built(directory: string, args: readonly string[], made: Tools, timeoutMs = 10_000) {
  return withBuild({ build: { args, directory, timeoutMs }, source: directory }, made, nothing)
}

/** A build that runs this script. */
const script = (text: string, ...args: string[]) => [node, '-e', `const fs = require('fs'); ${text}`, ...args]

test('a build runs in its folder, and its output is not shown', async () => {
  await using source = await folder()
  const made = tools(source.path)
  const args = script("console.log('noise'); fs.writeFileSync('out.txt', process.argv[1])", '$HOME; ok')
  await built(source.path, args, made)
  expect(await readFile(join(source.path, 'out.txt'), 'utf8')).toBe('$HOME; ok')
  expect(made.told).toEqual([`building with ${node}`])
})

test('one that fails is refused with the end of its output, and without its arguments', async () => {
  await using source = await folder({ 'old.txt': 'of an older build' })
  const args = [node, '-e', "console.error('no such type'); process.exit(3)", 's3cret']
  await expect(built(source.path, args, tools(source.path))).rejects.toMatchObject({
    code: 'PACKAGE_INVALID',
    message: `build: (${node} in ${source.path}) exited with 3.\nno such type`,
  })
})

test.each([
  [[node, '-e', 'setTimeout(() => {}, 60000)'], 'was not done within 0.2 s'],
  [['lambdactl-no-such-program'], 'could not be started (lambdactl-no-such-program: ENOENT)'],
])('%j %s', async (args, ending) => {
  await using source = await folder()
  await expect(built(source.path, args, tools(source.path), 200)).rejects.toThrow(
    `build: (${args[0]} in ${source.path}) ${ending}.`,
  )
})

test('functions are built once by the same command, and never at the same time', async () => {
  await using source = await folder()
  const made = tools(source.path)
  const append = (text: string) =>
    built(
      source.path,
      script(`fs.appendFileSync('log', '<${text}'); setTimeout(() => fs.appendFileSync('log', '>'), 100)`),
      made,
    )
  await Promise.all([append('a'), append('b'), append('a')])
  expect(await readFile(join(source.path, 'log'), 'utf8')).toBe('<a><b>')
})

test('what a build has made is packaged before another one may take it away', async () => {
  await using place = await folder()
  const source = join(place.path, 'dist')
  const made = tools(place.path)
  const read = (text: string) => {
    const args = script(
      `fs.rmSync('dist', {recursive: true, force: true}); fs.mkdirSync('dist'); fs.writeFileSync('dist/made', '${text}')`,
    )
    return withBuild(
      { build: { args, directory: place.path, timeoutMs: 10_000 }, source },
      made,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        return readFile(join(source, 'made'), 'utf8')
      },
    )
  }
  expect(await Promise.all([read('a'), read('b'), read('a')])).toEqual(['a', 'b', 'a'])
})

test('a build that failed has failed for all who share it, whatever lies there', async () => {
  await using source = await folder({ 'old.txt': 'of an older build' })
  const made = tools(source.path)
  const fail = () => built(source.path, script("fs.appendFileSync('log', 'x'); process.exit(1)"), made)
  for (const outcome of await Promise.allSettled([fail(), fail()]))
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'PACKAGE_INVALID' } })
  await expect(fail()).rejects.toThrow('exited with 1')
  expect(await readFile(join(source.path, 'log'), 'utf8')).toBe('x')
})

test.each<[string, string, Record<string, string>, (path: string) => string]>([
  ['a folder', 'target/lambda/api', {}, (path) => `a folder with files, got nothing; ${path} has seed`],
  [
    'a folder',
    'target/lambda/api',
    { 'target/lambda/apis/bootstrap': '', 'target/lambda/web/bootstrap': '' },
    (path) => `a folder with files, got nothing; ${path}/target/lambda has apis, web`,
  ],
  [
    'a zip',
    'out/api.zip',
    { 'out/api-1.zip': '' },
    (path) => `a file, got nothing; ${path}/out has api-1.zip`,
  ],
  [
    'a zip',
    'api.zip',
    Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`file${index}`, ''])),
    (path) =>
      `a file, got nothing; ${path} has file0, file1, file2, file3, file4, file5, file6, file7 and 3 more`,
  ],
])(
  '%s that a build did not make is missed, and what is there instead is told',
  async (_, source, files, there) => {
    await using place = await folder({ ...files, seed: '' })
    const build = { args: [node, '-e', ''], directory: place.path, timeoutMs: 10_000 }
    const path = join(place.path, source)
    await expect(withBuild({ build, source: path }, tools(place.path), nothing)).rejects.toThrow(
      `build: (${node} in ${place.path}) ended well, but did not make ${path}: expected ${there(place.path)}.`,
    )
  },
)

test('an empty folder is nothing that a build has made', async () => {
  await using place = await folder()
  const source = join(place.path, 'dist')
  await mkdir(source)
  const build = { args: [node, '-e', ''], directory: place.path, timeoutMs: 10_000 }
  const made = () => withBuild({ build, source }, tools(place.path), nothing)
  await expect(made()).rejects.toThrow(
    `expected a folder with files, got an empty one; ${place.path} has dist.`,
  )
  await writeFile(join(source, 'index.js'), '')
  await made()
})

test('without its folder a build is refused before anything runs', async () => {
  await using source = await folder()
  const directory = join(source.path, 'gone')
  const made = tools(source.path)
  await expect(built(directory, [node], made)).rejects.toThrow(
    `Expected a folder to run build: in, got none: ${directory}.`,
  )
  expect(made.told).toEqual([])
})
