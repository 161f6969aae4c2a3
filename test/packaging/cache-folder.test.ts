import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cacheFolder } from '../../src/packaging/cache-folder.ts'
import { forgetOldest } from '../../src/packaging/forget-oldest.ts'
import { folder } from './folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the cache lies', () => {
  test('where LAMBDACTL_CACHE_DIR says', async () => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', join(home.path, 'deep/down'))
    expect(await cacheFolder('packages')).toBe(join(home.path, 'deep/down/packages'))
  })

  test('otherwise in $XDG_CACHE_HOME', async () => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', '')
    vi.stubEnv('XDG_CACHE_HOME', home.path)
    expect(await cacheFolder('packages')).toBe(join(home.path, 'lambdactl/packages'))
  })

  test.each(['', 'relative/path'])('otherwise in ~/.cache, as where XDG_CACHE_HOME is %j', async (xdg) => {
    await using home = await folder()
    vi.stubEnv('LAMBDACTL_CACHE_DIR', '')
    vi.stubEnv('XDG_CACHE_HOME', xdg)
    vi.stubEnv('HOME', home.path)
    expect(await cacheFolder('packages')).toBe(join(home.path, '.cache/lambdactl/packages'))
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
