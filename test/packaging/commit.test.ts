import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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
