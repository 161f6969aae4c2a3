import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commitOf } from '../../src/packaging/commit.ts'

let folder = ''
const git = (...args: string[]) => {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  return execFileSync('git', ['-C', folder, ...identity, ...args], { encoding: 'utf8' }).trim()
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambdactl-commit-')))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a source is built from the commit that its folder, or that of its zip, is at', async () => {
  git('init', '--quiet')
  writeFileSync(join(folder, 'index.mjs'), 'one')
  writeFileSync(join(folder, 'ready.zip'), 'zip')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  const commit = git('rev-parse', 'HEAD')
  expect(await commitOf(folder)).toBe(commit)
  expect(await commitOf(join(folder, 'ready.zip'))).toBe(commit)
  writeFileSync(join(folder, 'index.mjs'), 'two')
  expect(await commitOf(folder)).toBe(`${commit}+`)
})

test('outside of git there is none', async () => {
  expect(await commitOf(folder)).toBeUndefined()
  expect(await commitOf(join(folder, 'missing'))).toBeUndefined()
})

/** A commit of one file, which git has to read once more to know that it is the same. */
function committed() {
  git('init', '--quiet')
  writeFileSync(join(folder, 'index.mjs'), 'one')
  writeFileSync(join(folder, '.gitattributes'), 'index.mjs filter=strange')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  utimesSync(join(folder, 'index.mjs'), 1e9, 1e9)
}

const touch = () => `touch ${join(folder, 'ran')}`
const configure = (text: string) => appendFileSync(join(folder, '.git', 'config'), text)

test.each([
  ['a filter', () => `[filter "strange"]\n\tclean = "${touch()}; cat"\n`],
  ['a filter that runs on', () => `[filter "strange"]\n\tprocess = "${touch()}"\n\trequired = true\n`],
  ['a monitor of files', () => `[core]\n\tfsmonitor = "${touch()}; false"\n`],
])('%s of the repository is not run', async (_, settings) => {
  committed()
  configure(settings())
  expect(await commitOf(folder)).toBe(git('rev-parse', 'HEAD'))
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})

test('a filter whose name no argument can hold is not run, and the commit is not told', async () => {
  committed()
  writeFileSync(join(folder, '.git', 'info', 'attributes'), 'index.mjs filter=a=b')
  configure(`[filter "a=b"]\n\tclean = "${touch()}; cat"\n`)
  expect(await commitOf(folder)).toBeUndefined()
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})

test('a submodule has nothing run', async () => {
  committed()
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', folder, 'inner')
  git('commit', '--quiet', '-m', 'two')
  const inner = join(folder, '.git', 'modules', 'inner')
  appendFileSync(join(inner, 'config'), `[filter "strange"]\n\tclean = "${touch()}; cat"\n`)
  utimesSync(join(folder, 'inner', 'index.mjs'), 1e9, 1e9)
  expect(await commitOf(folder)).toMatch(/^[0-9a-f]{40}$/)
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})

test('objects that are said to be elsewhere are not fetched', async () => {
  committed()
  const tree = git('rev-parse', 'HEAD^{tree}')
  configure(
    `[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[protocol "ext"]\n\tallow = always\n` +
      `[remote "origin"]\n\tpromisor = true\n\turl = "ext::${touch()}"\n`,
  )
  rmSync(join(folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2)))
  expect(await commitOf(folder)).toBeUndefined()
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})
