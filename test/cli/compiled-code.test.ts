import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { chmod, chown, cp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { beforeEach, describe, expect, test } from 'vitest'
import { program, run } from './cli.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const root = join(import.meta.dirname, '../..')
const main = join(root, 'dist/cli/main.cjs')

const { leave } = (await import(join(root, 'bin/compiled.js'))) as {
  leave: (
    file: string,
    found: Map<string, unknown>,
    ran: Map<string, { source: string; script: Script }>,
  ) => void
}
const { wrapped } = (await import(join(root, 'bin/load.js'))) as { wrapped: (source: string) => string }

let home = ''
let caches = ''

beforeEach(async () => {
  home = realpathSync(await temporaryFolder())
  caches = join(home, 'lambdactl/compiled')
})

// V8 takes compiled code only from a process with its own flags, and the program sets this one.
setFlagsFromString('--semi-space-growth-factor=32')

/** A command that needs the program, and little of it. */
const args = ['--version', '--json']

function answer(runJs = program, env: NodeJS.ProcessEnv = {}) {
  const options = { env: ownCaches(env), encoding: 'utf8' as const }
  const { status, stdout, stderr } = spawnSync(process.execPath, [runJs, ...args], options)
  return { status, stdout, stderr }
}

/** Node itself uses the folder of NODE_COMPILE_CACHE too. */
function ownCaches(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...variables(home), NODE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: home, ...env }
}

const good = { status: 0, stdout: expect.stringContaining('"platform"') as string, stderr: '' }

function kept(): string {
  const [name = ''] = readdirSync(caches).filter((each) => each.endsWith('.compiled'))
  return join(caches, name)
}

/** Leaves compiled code of another source of that length, which fails: it shows whether that code runs. */
function plant(): void {
  expect(answer()).toEqual(good)
  const source = readFileSync(main, 'latin1')
  const script = new Script(wrapped(source.replace('"node:fs"', '"node:os"')))
  leave(kept(), new Map(), new Map([[main, { source, script }]]))
}

test('a run leaves its compiled code, and the next one runs it', () => {
  plant()
  expect(answer()).not.toEqual(good)
})

describe('compiled code that somebody else may have written is not run:', () => {
  test.each([
    ['in a folder that all may write to', () => chmod(caches, 0o777)],
    ['in a folder that a group may write to', () => chmod(caches, 0o770)],
    ['in a file that others may write to', () => chmod(kept(), 0o622)],
    [
      'behind a link',
      async () => {
        const file = kept()
        await rename(file, join(home, 'elsewhere'))
        await symlink(join(home, 'elsewhere'), file)
      },
    ],
    [
      'in a folder behind a link',
      async () => {
        await rename(caches, join(home, 'elsewhere'))
        await symlink(join(home, 'elsewhere'), caches)
      },
    ],
  ])('%s', async (_, open) => {
    plant()
    await open()
    expect(answer()).toEqual(good)
  })

  describe.skipIf(process.getuid?.() !== 0)('only root can give files away:', () => {
    test.each([
      ['the file', () => chown(kept(), 12_345, 12_345)],
      ['the folder', () => chown(caches, 12_345, 12_345)],
    ])('%s of another user', async (_, give) => {
      plant()
      await give()
      expect(answer()).toEqual(good)
    })
  })
})

test('compiled code of another source is not run, even if that is as long', async () => {
  const installed = join(home, 'installed')
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(join(root, part), join(installed, part), { recursive: true })
  }
  const runJs = join(installed, 'bin/run.js')
  expect(answer(runJs)).toEqual(good)
  const upgraded = join(installed, 'dist/cli/main.cjs')
  await writeFile(upgraded, readFileSync(upgraded, 'latin1').replaceAll('platform:', 'plattorm:'))
  expect(answer(runJs).stdout).toContain('"plattorm"')
  expect(answer(runJs).stdout).toContain('"plattorm"')
})

describe('a cache with anything wrong is as good as none, and the next run makes it good:', () => {
  const change = (edit: (bytes: Buffer) => Buffer) => async () => {
    await writeFile(kept(), edit(readFileSync(kept())))
  }
  const flip = (at: (length: number) => number) =>
    change((bytes) => {
      const position = at(bytes.length)
      bytes[position] = (bytes[position] ?? 0) ^ 0x55
      return bytes
    })
  test.each([
    ['it is empty', change(() => Buffer.alloc(0))],
    ['it is no cache', change(() => Buffer.from('not compiled code at all'))],
    ['its end is lacking', change((bytes) => bytes.subarray(0, bytes.length * 0.6))],
    ['its length is wrong', flip(() => 1)],
    ['its index is wrong', flip(() => 20)],
    ...[0.1, 0.3, 0.5, 0.7, 0.9, 0.999].map((part): [string, () => Promise<void>] => [
      `a byte at ${part * 100}% is wrong`,
      flip((length) => Math.floor(length * part)),
    ]),
  ])('%s', async (_, spoil) => {
    expect(answer()).toEqual(good)
    const whole = readFileSync(kept()).length
    await spoil()
    expect(answer()).toEqual(good)
    expect(answer()).toEqual(good)
    expect(readFileSync(kept()).length).toBeGreaterThan(whole * 0.9)
  })

  test('a run was killed while it wrote', async () => {
    expect(answer()).toEqual(good)
    const half = `${kept()}.4711`
    await rename(kept(), half)
    await writeFile(half, readFileSync(half).subarray(0, 5000))
    expect(answer()).toEqual(good)
    expect(existsSync(half)).toBe(true)
    await rm(kept())
    await utimes(half, 1, 1)
    expect(answer()).toEqual(good)
    expect(readdirSync(caches)).toEqual([kept().slice(caches.length + 1)])
  })
})

describe('without a place for a cache the program runs:', () => {
  test.each([
    ['the place is a file', 'file'],
    ['the system makes no folder there', '/proc/none'],
  ])('%s', async (_, place) => {
    await writeFile(join(home, 'file'), '')
    const env = { XDG_CACHE_HOME: place.startsWith('/') ? place : join(home, place) }
    expect(answer(program, env)).toEqual(good)
  })

  test('the user wants none', () => {
    expect(answer(program, { NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(good)
    expect(existsSync(caches)).toBe(false)
  })
})

test('runs at the same time leave one whole cache, which only the user may read', async () => {
  const place = { cwd: home, env: ownCaches() }
  const ends = await Promise.all(Array.from({ length: 5 }, () => run(args, place)))
  for (const { exitCode, stderr } of ends) expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(readdirSync(caches)).toHaveLength(1)
  expect([statSync(caches).mode & 0o777, statSync(kept()).mode & 0o777]).toEqual([0o700, 0o600])
  expect(answer()).toEqual(good)
})

test('the built program is ASCII: the loader reads a byte as a character', () => {
  const dist = join(root, 'dist')
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.cjs'),
  )
  expect(files.length).toBeGreaterThan(50)
  const others = files.filter((file) => readFileSync(join(dist, file)).some((byte) => byte > 127))
  expect(others).toEqual([])
})
