import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { requireOwnPath } from '../../../src/config/values/own-path.ts'

let home = ''

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'lambdactl-home-')))
  for (const folder of ['.aws', 'shop/.build', 'lib', '.dotfiles/shop/functions', '.dotfiles/lib'])
    await mkdir(join(home, folder), { recursive: true })
  await writeFile(join(home, '.aws/credentials'), '')
  await symlink(join(home, '.aws'), join(home, 'shop/data'))
  vi.stubEnv('HOME', home)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

const refusal = (path: string, from = 'shop') => {
  try {
    requireOwnPath(join(home, from, path), join(home, from), 'lambdactl.yaml:1:1 source')
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

test.each([
  '../.aws',
  '../.aws/credentials',
  '..',
  '../../..',
  'data',
  '../../../../../../../../etc',
  '/../../../../../../etc/passwd',
])('%s is private', (path) => {
  expect(refusal(path)).toMatch(/^lambdactl\.yaml:1:1 source: expected a path of this project, got \//)
})

test.each(['.', 'functions', '.build', '../lib', '../nothing', '../.nothing'])('%s is not', (path) => {
  expect(refusal(path)).toBeUndefined()
})

test('a project that lies in a dot folder, or is the home itself, has what is beside it', () => {
  expect(refusal('functions', '.dotfiles/shop')).toBeUndefined()
  expect(refusal('../lib', '.dotfiles/shop')).toBeUndefined()
  expect(refusal('lib', '.')).toBeUndefined()
})
