import { chmod, chown, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cacheFolder } from '../../../src/packaging/cache/cache-folder.ts'
import { forgetOldest } from '../../../src/packaging/cache/forget-oldest.ts'
import { asNobody } from '../as-nobody.ts'
import { folder } from '../folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the cache lies', () => {
  test('where LAMBDACTL_CACHE_DIR says', async () => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', join(home.path, 'deep/down'))
    expect(await cacheFolder('packages')).toEqual({ folder: join(home.path, 'deep/down/packages') })
  })

  test('otherwise in $XDG_CACHE_HOME', async () => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', '')
    vi.stubEnv('XDG_CACHE_HOME', home.path)
    expect(await cacheFolder('packages')).toEqual({ folder: join(home.path, 'lambdactl/packages') })
  })

  test.each(['', 'relative/path'])('otherwise in ~/.cache, as where XDG_CACHE_HOME is %j', async (xdg) => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', '')
    vi.stubEnv('XDG_CACHE_HOME', xdg)
    vi.stubEnv('HOME', home.path)
    expect(await cacheFolder('packages')).toEqual({ folder: join(home.path, '.cache/lambdactl/packages') })
  })
})

const isRoot = process.getuid?.() === 0

describe('a cache that was named', () => {
  /** Its folder for packages, or why there is none, once it and the one above it have these modes and owners. */
  async function made(above: string, own: string) {
    const cache = await folder()
    await mkdir(join(cache.path, 'packages'))
    for (const [path, said] of [
      [join(cache.path, 'packages'), own],
      [cache.path, above],
    ] as const) {
      const [mode = '', owner] = said.split(' ')
      if (owner !== undefined) await chown(path, Number(owner), Number(owner))
      await chmod(path, Number.parseInt(mode, 8))
    }
    const found = await cacheFolder('packages', { LAMBDACTL_CACHE_DIR: cache.path })
    await cache[Symbol.asyncDispose]()
    return JSON.stringify(found).replaceAll(cache.path, 'CACHE')
  }

  test.each([
    ['700', '700'],
    ['755', '755'],
    ['1777', '755'],
    ['755', '711'],
  ])('is used where it is %s and holds a folder that is %s', async (above, own) => {
    expect(await made(above, own)).toBe('{"folder":"CACHE/packages"}')
  })

  test.each([
    ['755', '777', 'others may write to CACHE/packages (mode 777)'],
    ['755', '720', 'others may write to CACHE/packages (mode 720)'],
    ['777', '700', 'others may write to CACHE (mode 777)'],
    ...(isRoot
      ? [
          ['755', '755 1001', 'CACHE/packages belongs to another user (1001)'],
          ['755 1001', '755', 'CACHE belongs to another user (1001)'],
          ['1777 1001', '755', 'CACHE belongs to another user (1001)'],
        ]
      : []),
  ])('is not where it is %s and holds a folder that is %s', async (above = '', own = '', unusable = '') => {
    expect(await made(above, own)).toBe(JSON.stringify({ unusable }))
  })

  test('is not where it is a file', async () => {
    await using cache = await folder({ file: '' })
    const named = { LAMBDACTL_CACHE_DIR: join(cache.path, 'file') }
    expect(await cacheFolder('python', named)).toEqual({
      unusable: `${cache.path}/file/python can't be written (ENOTDIR)`,
    })
  })

  test.skipIf(process.platform !== 'linux')('is not where nobody can make a folder', async () => {
    const { unusable } = await cacheFolder('python', { LAMBDACTL_CACHE_DIR: '/proc/no/such' })
    expect(unusable).toBe("/proc/no can't be written (ENOENT)")
  })

  test.skipIf(!isRoot)('is not where only others may write', async () => {
    await using cache = await folder()
    await chmod(cache.path, 0o755)
    const named = { LAMBDACTL_CACHE_DIR: join(cache.path, 'new') }
    expect(await asNobody(() => cacheFolder('python', named))).toEqual({
      unusable: `${cache.path}/new can't be written (EACCES)`,
    })
  })

  test('by a relative path is below the current folder', async () => {
    const from = relative(process.cwd(), (await folder()).path)
    expect(await cacheFolder('python', { LAMBDACTL_CACHE_DIR: from })).toEqual({
      folder: resolve(from, 'python'),
    })
    await rm(from, { recursive: true })
  })
})

describe('what was not used for longest is forgotten', () => {
  async function cacheOf(ages: Record<string, number>) {
    const cache = await folder()
    for (const [name, secondsAgo] of Object.entries(ages)) {
      await writeFile(join(cache.path, name), 'x'.repeat(100))
      await utimes(join(cache.path, name), new Date(), new Date(Date.now() - secondsAgo * 1000))
    }
    return cache
  }

  test('until the rest is within the limit', async () => {
    await using cache = await cacheOf({ old: 300, oldest: 400, young: 100, middle: 200 })
    await forgetOldest(cache.path, 250)
    expect((await readdir(cache.path)).toSorted()).toEqual(['middle', 'young'])
  })

  test('and nothing while all is within it', async () => {
    await using cache = await cacheOf({ old: 300, young: 100 })
    await forgetOldest(cache.path, 200)
    expect(await readdir(cache.path)).toHaveLength(2)
  })

  test('and what others left there, too', async () => {
    await using cache = await cacheOf({ young: 100 })
    await mkdir(join(cache.path, 'folder'))
    await utimes(join(cache.path, 'folder'), 1, 1)
    await forgetOldest(cache.path, 150)
    expect(await readdir(cache.path)).toEqual(['young'])
  })
})
