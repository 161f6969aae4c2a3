import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runBuild } from '../../src/packaging/run-build.ts'
import { folder } from './folder.ts'
import { tools } from './tools.ts'

const node = process.execPath

test('a build runs in its folder, and its output is not shown', async () => {
  await using source = await folder()
  const made = tools(source.path)
  const script = "console.log('noise'); require('fs').writeFileSync('out.txt', process.argv[1])"
  await runBuild({ args: [node, '-e', script, '$HOME; ok'], directory: source.path, timeoutMs: 10_000 }, made)
  expect(await readFile(join(source.path, 'out.txt'), 'utf8')).toBe('$HOME; ok')
  expect(made.told).toEqual([`building with ${node}`])
})

test('one that fails is refused with the end of its output, and without its arguments', async () => {
  await using source = await folder()
  const args = [node, '-e', "console.error('no such type'); process.exit(3)", 's3cret']
  const failure = await runBuild(
    { args, directory: source.path, timeoutMs: 10_000 },
    tools(source.path),
  ).catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: 'PACKAGE_INVALID',
    message: `build: (${node} in ${source.path}) exited with 3.\nno such type`,
  })
})

test.each([
  [[node, '-e', 'setTimeout(() => {}, 60000)'], 'was not done within 0.2 s'],
  [['lambdactl-no-such-program'], 'could not be started (lambdactl-no-such-program: ENOENT)'],
])('%j %s', async (args, ending) => {
  await using source = await folder()
  await expect(
    runBuild({ args, directory: source.path, timeoutMs: 200 }, tools(source.path)),
  ).rejects.toThrow(`build: (${args[0]} in ${source.path}) ${ending}.`)
})

test('functions of one source are built once by the same command, and never at the same time', async () => {
  await using source = await folder()
  const made = tools(source.path)
  const append = (text: string) => {
    const script = `const fs = require('fs'); fs.appendFileSync('log', '<${text}'); setTimeout(() => fs.appendFileSync('log', '>'), 100)`
    return runBuild({ args: [node, '-e', script], directory: source.path, timeoutMs: 10_000 }, made)
  }
  await Promise.all([append('a'), append('b'), append('a')])
  expect(await readFile(join(source.path, 'log'), 'utf8')).toBe('<a><b>')
})

test('a source that is no folder is refused before anything runs', async () => {
  await using source = await folder()
  const directory = join(source.path, 'gone')
  const made = tools(source.path)
  await expect(runBuild({ args: [node], directory, timeoutMs: 1000 }, made)).rejects.toThrow(
    `The source ${directory}: expected a folder to run build: in, got none.`,
  )
  expect(made.told).toEqual([])
})
