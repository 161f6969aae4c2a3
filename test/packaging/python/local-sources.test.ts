import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makePackage } from '../../../src/packaging/make-package.ts'
import { Inputs } from '../../../src/packaging/python/inputs.ts'
import { findRequirements } from '../../../src/packaging/python/requirements.ts'
import { addRequirementsFile } from '../../../src/packaging/python/requirements-file.ts'
import { addPipSettings, addUvSettingsOf } from '../../../src/packaging/python/settings.ts'
import type { RunCommand } from '../../../src/ports/commands.ts'
import { folder } from '../folder.ts'
import { tools } from '../tools.ts'
import { sharedCode, sharedProject } from './shared-project.ts'

const python = { runtime: 'python3.13', handler: 'app.handler', bundle: false } as const

// pip takes its time.
describe('a folder of this machine', { timeout: 300_000 }, () => {
  test.each(['../shared', 'file:../shared', 'shop-rules @ file://ROOT/shared'])(
    'as %s is installed as it is now, however it was before',
    async (line) => {
      await using root = await folder({ 'source/app.py': 'handler = print\n', ...sharedProject('shared', 5) })
      const text = `--no-index\n${line.replace('ROOT', root.path)}\n`
      await writeFile(join(root.path, 'source/requirements.txt'), text)
      const fn = { ...python, source: join(root.path, 'source') }
      const make = () => makePackage(fn, tools(join(root.path, 'cache')))
      const before = await make()
      expect(before.files.map(({ path }) => path)).toContain('shop_rules/__init__.py')
      await writeFile(join(root.path, 'shared/shop_rules/__init__.py'), sharedCode(10))
      const after = await make()
      expect(after.codeDigest).not.toBe(before.codeDigest)
      expect(after.notes[0]).toMatch(/by (pip|uv) \S+, each time, since .*shared may change without notice$/)
      await writeFile(join(root.path, 'shared/shop_rules/__init__.py'), sharedCode(5))
      expect((await make()).codeDigest).toBe(before.codeDigest)
      expect(await readdir(join(root.path, 'cache/python'))).toEqual([])
    },
  )

  test.each([
    ['-e ../shared', 'requirements.txt, line 2'],
    ['--editable=../shared', 'requirements.txt, line 2'],
    [`  -e   ../shared ; python_version > "3" and 'shared'`, 'requirements.txt, line 2'],
    ['-e ../shared[more] --config-settings x=shared', 'requirements.txt, line 2'],
    ['-r more/base.txt', 'base.txt, line 1'],
  ])('as %s is refused, by the line', async (line, where) => {
    await using root = await folder({
      'source/requirements.txt': `--no-index\n${line}\n`,
      'source/more/base.txt': '-e../../shared\n',
    })
    await expect(findRequirements(join(root.path, 'source'), undefined)).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringMatching(
        `^${where}: ".*shared.*" installs a link to a folder of this machine, which Lambda doesn't have.$`,
      ) as string,
    })
  })

  test('that an installer links to is refused, however it came about', async () => {
    await using root = await folder({ 'source/app.py': '', 'source/requirements.txt': 'dep\n' })
    const using = tools(join(root.path, 'cache'))
    const runCommand: RunCommand = async ({ args }) => {
      const at = args.indexOf('--target')
      if (at !== -1) await writeFile(join(args[at + 1] ?? '', 'dep.pth'), '/home/me/dep\n')
      return { ending: { how: 'exited', code: 0 }, output: 'uv 9.9.9' }
    }
    const fn = { ...python, source: join(root.path, 'source') }
    await expect(makePackage(fn, { ...using, runCommand })).rejects.toThrow(
      'requirements.txt: dep.pth: "/home/me/dep" installs a link to a folder of this machine',
    )
    expect(await readdir(join(root.path, 'cache/python'))).toEqual([])
  })
})

/** Returns the parts that a requirements file leaves unread, and the digest of its inputs. */
async function inputsOf(path: string) {
  const inputs = new Inputs()
  await addRequirementsFile(inputs, path)
  return { unread: inputs.unread, digest: inputs.digest() }
}

describe('a requirements file', () => {
  test.each([
    './folder',
    'folder/',
    './folder[extra]',
    'name @ ./folder ; python_version > "3.8"',
    './gone-1.0.whl',
    '${HOME}/a-1.0.whl',
    'git+file:///srv/shop',
    '-r https://example.com/more.txt',
    '-f missing',
    '--unheard-of x',
    '-i file:///srv/simple',
    '--no-index --extra-index-url=../simple',
  ])('with %s may ask for other packages tomorrow', async (line) => {
    await using root = await folder({ 'requirements.txt': `# first\n${line}\n`, 'folder/setup.py': '' })
    const { unread } = await inputsOf(join(root.path, 'requirements.txt'))
    expect(unread).toBeTruthy()
    expect(line).toContain((unread ?? '').replace('--find-links', '-f'))
  })

  test.each([
    'name',
    'name>=1,<2 ; sys_platform == "linux"',
    'Name.x[extra, other] == 1.0 --hash=sha256:00 --hash=sha256:11',
    'name @ https://example.com/name-1.0.whl#sha256=00',
    'git+https://github.com/shop/rules@v1#egg=rules',
    '-i https://user:${TOKEN}@example.com/simple?a=1 --extra-index-url "https://example.com/b"',
    '--no-index --find-links=wheels',
    '--trusted-host "example.com"',
    '-cbase.txt',
  ])('with %s asks for the same', async (line) => {
    await using root = await folder({ 'requirements.txt': line, 'base.txt': 'name<2', 'wheels/a-1.whl': '' })
    expect((await inputsOf(join(root.path, 'requirements.txt'))).unread).toBeUndefined()
  })

  test('is known by all files that it names, wherever they are named from', async () => {
    await using root = await folder({
      'requirements.txt': '\uFEFF-r more/base.txt\n-f wheels\n./one-1.0.tar.gz \\\n  --hash=sha256:0\n',
      'more/base.txt': './two.whl\nthree @ file:../three.zip\n--find-links links\n',
      'one-1.0.tar.gz': '',
      'more/two.whl': '',
      'three.zip': '',
      'wheels/four.tar.bz2': '',
      'more/links/five.whl': '',
    })
    const seen = new Set<string>()
    for (const path of [
      '',
      'one-1.0.tar.gz',
      'more/two.whl',
      'three.zip',
      'wheels/four.tar.bz2',
      'more/links/five.whl',
    ]) {
      if (path !== '') await writeFile(join(root.path, path), 'changed')
      const { unread, digest } = await inputsOf(join(root.path, 'requirements.txt'))
      expect(unread).toBeUndefined()
      seen.add(digest)
    }
    expect(seen.size).toBe(6)
  })

  test('of PowerShell, in UTF-16, is read', async () => {
    await using root = await folder({ 'requirements.txt': Buffer.from('\uFEFF./shared\r\n', 'utf16le') })
    expect((await inputsOf(join(root.path, 'requirements.txt'))).unread).toBe('./shared')
  })
})

describe('a pyproject.toml or a lock', () => {
  const project = (more: string) => `[project]\nname = "shop"\ndependencies = ["rules"]\n${more}`
  const lock = (source: string) => `version = 1\n[[package]]\nname = "rules"\nsource = ${source}\n`

  test.each<[string, Record<string, string>, string | undefined]>([
    ['of packages by name', { 'pyproject.toml': project('') }, undefined],
    [
      'of a file',
      { 'pyproject.toml': project('').replace('rules', 'rules @ file:///srv/rules') },
      'rules @ file:///srv/rules',
    ],
    [
      'of a path',
      { 'pyproject.toml': project('[tool.uv.sources]\nrules = { path = "../rules" }\n') },
      'rules',
    ],
    [
      'of a path, sometimes',
      { 'pyproject.toml': project('[tool.uv.sources]\nrules = [{ path = "../rules", marker = "x" }]\n') },
      'rules',
    ],
    [
      'of a workspace',
      { 'pyproject.toml': project('[tool.uv.sources]\nrules = { workspace = true }\n') },
      'rules',
    ],
    [
      'of git',
      { 'pyproject.toml': project('[tool.uv.sources]\nrules = { git = "https://example.com/rules" }\n') },
      undefined,
    ],
    [
      'that is dynamic',
      { 'pyproject.toml': '[project]\nname = "shop"\ndynamic = ["version", "dependencies"]\n' },
      'dynamic dependencies',
    ],
    ['with links', { 'pyproject.toml': project('[tool.uv]\nfind-links = ["wheels"]\n') }, '[tool.uv]'],
    ['locked from an index', { 'uv.lock': lock('{ registry = "https://pypi.org/simple" }') }, undefined],
    ['locked, the project itself', { 'uv.lock': lock('{ virtual = "." }') }, undefined],
    ['locked from a folder', { 'uv.lock': lock('{ directory = "../rules" }') }, 'rules'],
    ['locked from a folder that is linked', { 'uv.lock': lock('{ editable = "../rules" }') }, 'rules'],
    ['locked from a wheel', { 'uv.lock': lock('{ path = "rules.whl" }'), 'rules.whl': '1' }, undefined],
    ['locked from a wheel that is missing', { 'uv.lock': lock('{ path = "gone.whl" }') }, 'rules'],
    ['locked from a flat index', { 'uv.lock': lock('{ registry = "../wheels" }') }, 'rules'],
    [
      'of PEP 751 with a folder',
      { 'pylock.toml': '[[packages]]\nname = "rules"\ndirectory = { path = "../rules" }\n' },
      'rules',
    ],
    [
      'of PEP 751 with a wheel',
      {
        'pylock.toml': '[[packages]]\nname = "rules"\nwheels = [{ path = "rules.whl" }]\n',
        'rules.whl': '1',
      },
      undefined,
    ],
  ])('%s', async (_what, files, unread) => {
    await using root = await folder({ 'pyproject.toml': project(''), ...files })
    expect((await findRequirements(root.path, undefined))?.inputs.unread).toBe(unread)
  })
})

describe('what an installer is told elsewhere', () => {
  const said =
    (output: string): RunCommand =>
    async () => ({ ending: { how: 'exited', code: 0 }, output })

  async function pip(output: string) {
    const inputs = new Inputs()
    await addPipSettings(inputs, tools('/unused', { runCommand: said(output) }))
    return { unread: inputs.unread, digest: inputs.digest() }
  }

  test("is in pip's configuration, with the files that it names", async () => {
    await using root = await folder({ 'constraints.txt': 'a<1', 'wheels/a.whl': '1', 'simple/a/a.whl': '' })
    const output = `global.constraint='${root.path}/constraints.txt'\n:env:.find-links='${root.path}/wheels https://example.com'\nglobal.extra-index-url='file://${root.path}/simple'\n`
    const before = await pip(output)
    expect(before.unread).toBeUndefined()
    expect((await pip(output)).digest).toBe(before.digest)
    await writeFile(join(root.path, 'wheels/a.whl'), '22')
    const changed = await pip(output)
    await writeFile(join(root.path, 'constraints.txt'), 'a<2')
    const constrained = await pip(output)
    await writeFile(join(root.path, 'simple/a/a2.whl'), '')
    const indexed = await pip(output)
    expect(new Set([before, changed, constrained, indexed].map(({ digest }) => digest)).size).toBe(4)
    expect((await pip("global.find-links='/nowhere/at/all'\n")).unread).toBe(
      'global.find-links /nowhere/at/all',
    )
  })

  test("is in uv's environment and files, also of folders above", async () => {
    await using root = await folder({ 'a/b/requirements.txt': 'x', 'links/x.whl': '' })
    const settings = async (variables: Record<string, string>) => {
      const inputs = new Inputs()
      const asked = { inputs, file: join(root.path, 'a/b/requirements.txt'), kind: 'requirements' } as const
      await addUvSettingsOf(asked, tools('/unused', { variables }))
      return { unread: inputs.unread, digest: inputs.digest() }
    }
    const none = await settings({})
    expect(none.unread).toBeUndefined()
    const index = await settings({ UV_INDEX_URL: 'https://example.com' })
    expect(index.digest).not.toBe(none.digest)
    expect((await settings({ UV_FIND_LINKS: join(root.path, 'links') })).unread).toBeUndefined()
    expect((await settings({ UV_INDEX: `mine=${join(root.path, 'gone')}` })).unread).toContain('UV_INDEX')
    expect((await settings({ UV_OVERRIDE: '/nowhere' })).unread).toBe('UV_OVERRIDE /nowhere')
    await writeFile(join(root.path, 'a/pyproject.toml'), '[tool.uv.sources]\nx = { path = "../x" }\n')
    const above = await settings({})
    expect([above.unread, above.digest === none.digest]).toEqual([undefined, false])
    await writeFile(join(root.path, 'uv.toml'), 'find-links = ["../wheels"]\n')
    expect((await settings({})).unread).toBe('[tool.uv]')
  })
})
