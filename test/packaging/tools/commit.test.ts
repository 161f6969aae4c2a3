import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { commitOf } from '../../../src/packaging/tools/commit.ts'

let folder = ''
const git = (...args: string[]) => {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  return execFileSync('git', ['-C', folder, ...identity, ...args], { encoding: 'utf8' }).trim()
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambdactl-commit-')))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('a source is built from the commit that its folder, or that of its zip, is at', async () => {
  git('init', '--quiet')
  writeFileSync(join(folder, 'index.mjs'), 'one')
  writeFileSync(join(folder, 'ready.zip'), 'zip')
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  const commit = git('rev-parse', 'HEAD')
  expect(await commitOf(folder)).toEqual({ commit })
  expect(await commitOf(join(folder, 'ready.zip'))).toEqual({ commit })
  expect(await commitOf(join(folder, 'target/that/no/build/made'))).toEqual({ commit })
  writeFileSync(join(folder, 'index.mjs'), 'two')
  expect(await commitOf(folder)).toEqual({ commit: `${commit}+` })
})

describe('where git says none, the reason is', () => {
  const lacking = async () => (await commitOf(folder, {})).lacking

  test('that there is no repository', async () => {
    const why = `${folder} is in no git repository`
    expect(await commitOf(join(folder, 'missing'), {})).toEqual({
      commit: undefined,
      lacking: { why, next: 'Run the command in a git repository with a commit.', isOrdinary: true },
    })
    vi.stubEnv('PATH', folder)
    expect(await lacking()).toMatchObject({ why, isOrdinary: true })
  })

  test('that the repository has no commit', async () => {
    git('init', '--quiet')
    expect(await lacking()).toEqual({
      why: `the git repository of ${folder} has no commit`,
      next: 'Commit first, then run the command again.',
      isOrdinary: true,
    })
  })

  test('that git is not installed, where it would be needed', async () => {
    committed()
    vi.stubEnv('PATH', folder)
    expect(await lacking()).toEqual({
      why: 'git is not installed here',
      next: 'Install git, and make sure that PATH has it.',
      isOrdinary: false,
    })
  })

  test.skipIf(process.getuid?.() !== 0)(
    "that git refuses a folder of another user's, with its own way on",
    async () => {
      committed()
      chownSync(folder, 1001, 121)
      chownSync(join(folder, '.git'), 1001, 121)
      vi.stubEnv('LANG', 'de_DE.UTF-8')
      expect(await lacking()).toEqual({
        why: `git refused ${folder}: detected dubious ownership in repository at '${folder}'`,
        next: `If you trust that repository: git config --global --add safe.directory ${folder}`,
        isOrdinary: false,
      })
    },
  )

  test('that git does not take its repository for one, as where a worktree has lost it', async () => {
    writeFileSync(join(folder, '.git'), 'gitdir: /gone/.git/worktrees/shop\n')
    expect(await lacking()).toEqual({
      why: `git refused ${folder}: not a git repository: /gone/.git/worktrees/shop`,
      next: 'See the whole message of git: git status, in that folder',
      isOrdinary: false,
    })
  })

  test('that of a git in any language, which is asked in English', async () => {
    const program = join(folder, 'git')
    writeFileSync(program, '#!/bin/sh\necho "fatal: $LC_ALL $LANGUAGE" >&2\nexit 128\n', { mode: 0o755 })
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
    vi.stubEnv('LANGUAGE', 'de')
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
    expect(await lacking()).toMatchObject({ why: `git refused ${folder}: C C` })
  })

  test('what git says otherwise, without control characters', async () => {
    committed()
    configure('[alias]\n\tbroken\u001b[31m')
    const { why = '', isOrdinary } = (await lacking()) ?? {}
    expect(why).toContain(`git refused ${folder}: bad config line`)
    expect(why).not.toMatch(/\p{Cc}/u)
    expect(isOrdinary).toBe(false)
  })
})

describe("a CI's job says its commit", () => {
  const sha = 'a1'.repeat(20)
  const job = { GITHUB_SHA: sha, GITHUB_WORKSPACE: tmpdir() }

  test('where git can not', async () => {
    const lacking = { why: `${folder} is in no git repository` }
    expect(await commitOf(folder, { ...job, GITHUB_WORKSPACE: folder })).toMatchObject({
      commit: sha,
      variable: 'GITHUB_SHA',
      lacking,
    })
    const gitlab = { CI_COMMIT_SHA: sha, CI_PROJECT_DIR: folder }
    expect(await commitOf(folder, gitlab)).toMatchObject({ commit: sha, variable: 'CI_COMMIT_SHA' })
  })

  test('and never against git', async () => {
    committed()
    expect(await commitOf(folder, { ...job, GITHUB_WORKSPACE: folder })).toEqual({
      commit: git('rev-parse', 'HEAD'),
    })
  })

  test.each([
    ['for a folder outside of its checkout', { GITHUB_WORKSPACE: '/workspace' }],
    ['for a folder beside it', { GITHUB_WORKSPACE: join(tmpdir(), 'lambdactl') }],
    ['without a checkout', { GITHUB_WORKSPACE: '' }],
    ['that is no commit', { GITHUB_SHA: 'main', GITHUB_WORKSPACE: tmpdir() }],
  ])('but not %s', async (_, changed) => {
    expect((await commitOf(folder, { ...job, ...changed })).commit).toBeUndefined()
  })
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
  expect(await commitOf(folder)).toEqual({ commit: git('rev-parse', 'HEAD') })
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})

test('a filter whose name no argument can hold is not run, and the commit is not told', async () => {
  committed()
  writeFileSync(join(folder, '.git', 'info', 'attributes'), 'index.mjs filter=a=b')
  configure(`[filter "a=b"]\n\tclean = "${touch()}; cat"\n`)
  expect((await commitOf(folder)).commit).toBeUndefined()
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})

test('a submodule has nothing run', async () => {
  committed()
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', folder, 'inner')
  git('commit', '--quiet', '-m', 'two')
  const inner = join(folder, '.git', 'modules', 'inner')
  appendFileSync(join(inner, 'config'), `[filter "strange"]\n\tclean = "${touch()}; cat"\n`)
  utimesSync(join(folder, 'inner', 'index.mjs'), 1e9, 1e9)
  expect((await commitOf(folder)).commit).toMatch(/^[0-9a-f]{40}$/)
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
  expect((await commitOf(folder)).commit).toBeUndefined()
  expect(existsSync(join(folder, 'ran'))).toBe(false)
})
