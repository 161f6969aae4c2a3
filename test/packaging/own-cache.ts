import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

/** Gives each test of a file an empty cache of its own. @returns its folder of packages, while a test runs */
export function useOwnCache(): () => string {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lambdactl-cache-'))
    vi.stubEnv('LAMBDACTL_CACHE_DIR', folder)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })
  return () => join(folder, 'packages')
}
