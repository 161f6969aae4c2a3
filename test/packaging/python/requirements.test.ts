import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makePackage } from '../../../src/packaging/make-package.ts'
import type { MakingSource } from '../../../src/packaging/model/types.ts'
import type { RunCommand } from '../../../src/ports/commands.ts'
import { folder } from '../folder.ts'
import { tools } from '../tools.ts'
import { writeWheel } from '../wheel.ts'

const python = { runtime: 'python3.13', handler: 'app.handler', bundle: false } as const
const app = "from greetings import greet\n\ndef handler(event, context):\n    return greet(event['name'])\n"
const greetings = {
  'greetings/__init__.py': "def greet(name):\n    return 'hello ' + name\n",
  'greetings/tests/test_greet.py': '',
  'greetings-1.0.dist-info/entry_points.txt': '[console_scripts]\ngreet = greetings:greet\n',
}
const wheel = 'greetings-1.0-py3-none-any.whl'

/** Nothing but what the tests make is to be found. */
const noIndex = '--no-index\n'

/** A function with a wheel beside it, and a cache. */
async function shop(requirements: string, files: Record<string, string> = { 'app.py': app }) {
  const root = await folder({
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`source/${path}`, text])),
    'source/requirements.txt': requirements,
  })
  const sha256 = await writeWheel(join(root.path, 'wheels', wheel), greetings)
  const [source, cache] = [join(root.path, 'source'), join(root.path, 'cache')]
  return { ...root, source, cache, sha256 }
}

const pathsOf = ({ files }: { files: readonly { path: string }[] }) => files.map(({ path }) => path)

// pip takes its time.
describe('requirements.txt', { timeout: 300_000 }, () => {
  test('is installed beside the code, without what differs between machines', async () => {
    await using made = await shop(`${noIndex}--find-links ../wheels\ngreetings==1.0\n`)
    const built = await makePackage({ ...python, source: made.source }, tools(made.cache))
    expect(pathsOf(built)).toEqual([
      'app.py',
      'greetings-1.0.dist-info/METADATA',
      'greetings-1.0.dist-info/WHEEL',
      'greetings-1.0.dist-info/entry_points.txt',
      'greetings/__init__.py',
      'greetings/tests/test_greet.py',
      'requirements.txt',
    ])
    expect(built.notes).toHaveLength(1)
    expect(built.notes[0]).toMatch(/^requirements\.txt: installed for Python 3\.13 on x86_64 by (pip|uv) \d/)
  })

  test('gives the same digest in another folder, from another cache', async () => {
    const text = `${noIndex}--find-links ../wheels\ngreetings==1.0\n`
    await using one = await shop(text)
    await using two = await shop(text)
    const [first, second] = [
      await makePackage({ ...python, source: one.source }, tools(one.cache)),
      await makePackage({ ...python, source: two.source }, tools(two.cache)),
    ]
    expect(second.codeDigest).toBe(first.codeDigest)
  })

  test('holds its hashes', async () => {
    await using made = await shop('')
    const lines = (hash: string) =>
      `${noIndex}--find-links ../wheels\ngreetings==1.0 \\\n    --hash=sha256:${hash}\n`
    const make = async (hash: string) => {
      await writeFile(join(made.source, 'requirements.txt'), lines(hash))
      return await makePackage({ ...python, source: made.source }, tools(made.cache))
    }
    expect(pathsOf(await make(made.sha256))).toContain('greetings/__init__.py')
    await expect(make('0'.repeat(64))).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringMatching(/requirements\.txt exited with 1\.\n[^]*hash/i) as string,
    })
    expect(await readdir(join(made.cache, 'python'))).toHaveLength(1)
  })

  test('takes wheels for the platform of the function, and no others', async () => {
    await using made = await shop(`${noIndex}--find-links ../wheels\nnative==2.0\n`, {
      'app.py': 'import native\nhandler = print\n',
    })
    const native = { name: 'native', version: '2.0', tag: 'cp313-cp313-manylinux2014_aarch64' }
    await writeWheel(join(made.path, `wheels/native-2.0-${native.tag}.whl`), { 'native.py': '' }, native)
    const make = (more: object) => makePackage({ ...python, source: made.source, ...more }, tools(made.cache))
    expect(pathsOf(await make({ architecture: 'arm64' }))).toContain('native.py')
    await expect(make({ architecture: 'x86_64' })).rejects.toThrow(/No matching distribution|no wheels/)
  })

  test("of a file that both have, the function's own goes in", async () => {
    await using made = await shop(`${noIndex}../wheels/${wheel}\n`, {
      'app.py': app,
      'greetings/__init__.py': 'greet = str\n',
    })
    const built = await makePackage({ ...python, source: made.source }, tools(made.cache))
    expect(built.files.find(({ path }) => path === 'greetings/__init__.py')?.size).toBe(12)
  })

  test.each([
    ['false', { requirements: false as const }, 'greetings\n'],
    ['no lines but comments', {}, '# none\n\n'],
  ])('%s installs nothing', async (_, more, text) => {
    await using made = await shop(text)
    const built = await makePackage({ ...python, ...more, source: made.source }, tools(made.cache))
    expect(pathsOf(built)).toEqual(['app.py', 'requirements.txt'])
  })

  test('may have another name, and has to be there then', async () => {
    await using made = await shop('nothing-like-it\n')
    await writeFile(join(made.source, 'prod.txt'), `${noIndex}-r requirements-base.txt\n`)
    await writeFile(join(made.source, 'requirements-base.txt'), `../wheels/${wheel}\n`)
    const make = (requirements: string) =>
      makePackage({ ...python, source: made.source, requirements }, tools(made.cache))
    expect(pathsOf(await make('prod.txt'))).toContain('greetings/__init__.py')
    await expect(make('gone.txt')).rejects.toThrow(/The requirements can't be read: ENOENT/)
  })
})

test('on a full disk the way to another one is told', async () => {
  await using made = await shop('greetings\n')
  const using = tools(made.cache)
  const runCommand: RunCommand = async (command) =>
    command.args.includes('--version')
      ? { ending: { how: 'exited', code: 0 }, output: 'uv 9.9.9\n' }
      : { ending: { how: 'exited', code: 1 }, output: 'OSError: [Errno 28] No space left on device\n' }
  await expect(
    makePackage({ ...python, source: made.source }, { ...using, runCommand }),
  ).rejects.toMatchObject({
    code: 'PACKAGE_INVALID',
    message: `There is no space left in ${made.cache}/python to install Python packages.`,
    next: ['Free some, or name a folder on another disk: LAMBDACTL_CACHE_DIR.'],
  })
})

describe('uv', () => {
  /** Stands for uv: it says what it was asked, and installs one file. */
  const uv = `#!/bin/sh
if [ "$1" = --version ]; then echo 'uv 9.9.9 (test)'; exit; fi
echo "$*" >> "$UV_LOG"
while [ $# -gt 0 ]; do
  case "$1" in
    --target) mkdir -p "$2/dep"; echo > "$2/dep/__init__.py"; echo > "$2/.lock";;
    --output-file) echo 'dep==1' > "$2";;
  esac
  shift
done
`

  /** A function on a machine that has uv. */
  async function withUv(files: Record<string, string>) {
    const root = await folder({
      'bin/uv': uv,
      'source/app.py': 'handler = print\n',
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`source/${path}`, text])),
    })
    await chmod(join(root.path, 'bin/uv'), 0o755)
    const log = join(root.path, 'uv.log')
    const environment = { PATH: `${join(root.path, 'bin')}:${process.env['PATH']}`, UV_LOG: log }
    const using = tools(join(root.path, 'cache'))
    const runCommand: RunCommand = (command) => using.runCommand({ ...command, environment })
    return {
      ...root,
      make: (more: Partial<MakingSource> = {}) =>
        makePackage(
          { ...python, architecture: 'arm64', ...more, source: join(root.path, 'source') },
          { ...using, runCommand },
        ),
      /** The commands that it was asked for, the folders by short names. */
      async asked() {
        const text = await readFile(log, 'utf8').catch(() => '')
        return text
          .replaceAll(root.path, '')
          .replaceAll(/\/cache\S*\/packages/g, 'TARGET')
          .split('\n')
          .slice(0, -1)
      },
    }
  }

  test('installs for the platform where it is there', async () => {
    await using made = await withUv({ 'requirements.txt': 'dep\n' })
    const built = await made.make()
    expect(await made.asked()).toEqual([
      'pip install --no-progress --target TARGET --only-binary :all: --python-platform aarch64-manylinux_2_28 --python-version 3.13 --requirement /source/requirements.txt',
    ])
    expect(pathsOf(built)).toEqual(['app.py', 'dep/__init__.py', 'requirements.txt'])
    expect(built.notes).toEqual(['requirements.txt: installed for Python 3.13 on aarch64 by uv 9.9.9'])
  })

  test('takes older wheels for the older Linux of Python 3.11', async () => {
    await using made = await withUv({ 'requirements.txt': 'dep\n' })
    await made.make({ runtime: 'python3.11' })
    expect((await made.asked())[0]).toContain('--python-platform aarch64-manylinux2014 --python-version 3.11')
  })

  test('installs once for the same lines, and again for other lines, another platform or another wheel', async () => {
    await using made = await withUv({
      'requirements.txt': '-r base.txt\n-f wheels\n',
      'base.txt': './one.whl\n',
      'one.whl': '1',
      'wheels/two.whl': '2',
    })
    const installs = async (more: Partial<MakingSource> = {}) => {
      const before = (await made.asked()).length
      await made.make(more)
      return (await made.asked()).length - before
    }
    const write = (path: string, text: string) => writeFile(join(made.path, 'source', path), text)
    expect([await installs(), await installs()]).toEqual([1, 0])
    expect(await installs({ architecture: 'x86_64' })).toBe(1)
    expect(await installs({ runtime: 'python3.12' })).toBe(1)
    for (const path of ['one.whl', 'wheels/two.whl', 'base.txt', 'requirements.txt']) {
      await write(path, './one.whl # again\n')
      expect([path, await installs(), await installs()]).toEqual([path, 1, 0])
    }
    expect((await readdir(join(made.path, 'cache/python'))).filter((name) => name.startsWith('.'))).toEqual(
      [],
    )
  })

  test('writes a lock to requirements first', async () => {
    await using made = await withUv({
      'pyproject.toml': '[project]\nname = "x"\n',
      'uv.lock': 'version = 1\n',
    })
    await made.make()
    const [exported, installed] = await made.asked()
    expect(exported).toBe(
      'export --project /source --frozen --no-dev --no-emit-project --quiet --output-file TARGET.txt',
    )
    expect(installed).toMatch(/--requirement TARGET\.txt$/)
  })

  test('reads a pyproject.toml with dependencies, and not one that only configures tools', async () => {
    const project = '[project]\nname = "x"\ndependencies = [\n  "dep",\n]\n'
    await using made = await withUv({ 'pyproject.toml': project })
    await made.make()
    expect((await made.asked())[0]).toMatch(/--requirement \/source\/pyproject\.toml$/)
    await using other = await withUv({ 'pyproject.toml': '[tool.ruff]\n' })
    await other.make()
    expect(await other.asked()).toEqual([])
  })

  test('is asked for where only it can read the file', async () => {
    await using root = await folder({ 'app.py': 'handler = print\n', 'uv.lock': '', 'pyproject.toml': '' })
    const made = tools(join(root.path, 'cache'))
    const missing = { ending: { how: 'not-started', reason: 'uv: ENOENT' }, output: '' } as const
    const runCommand = () => Promise.resolve(missing)
    await expect(
      makePackage({ ...python, source: root.path }, { ...made, runCommand }),
    ).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: `${root.path}/uv.lock is installed with uv, and uv is not on this machine.`,
    })
  })
})
