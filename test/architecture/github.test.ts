import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>

interface Workflow {
  permissions?: Record<string, string>
  jobs: Record<string, { 'timeout-minutes'?: number; steps: { uses?: string; run?: string }[] }>
}

describe.each(globSync('.github/workflows/*', { cwd: root }))('%s', (path) => {
  const { permissions, jobs } = parse(read(path)) as Workflow
  const steps = Object.values(jobs).flatMap((job) => job.steps)

  test('pins each action by its commit, and says which version that is', () => {
    const used = read(path).match(/uses: .*/g) ?? []
    expect(used).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length)
    expect(used.length).toBeGreaterThan(0)
    for (const line of used) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test('gets no permission to write unless a job asks for it, and ends', () => {
    expect(Object.values(permissions ?? { all: 'write' })).not.toContain('write')
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30)
  })

  test('runs scripts that package.json has', () => {
    const named = steps.flatMap(({ run = '' }) => Array.from(run.matchAll(/\bnpm run ([\w:-]+)/g)))
    for (const [, name = ''] of named) expect(scripts).toHaveProperty([name])
  })
})

/** The file that an ecosystem's updates change, below its directory. */
const changedBy: Record<string, string> = { npm: 'package-lock.json', 'github-actions': '.github/workflows' }

interface Updates {
  'package-ecosystem': string
  directory: string
  groups: Record<string, { patterns: string[] }>
}

describe('.github/dependabot.yml', () => {
  const { version, updates } = parse(read('.github/dependabot.yml')) as {
    version: number
    updates: Updates[]
  }

  test('updates what there is', () => {
    expect(version).toBe(2)
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(Object.keys(changedBy))
    const changed = updates.map((update) =>
      join(update.directory, changedBy[update['package-ecosystem']] ?? ''),
    )
    expect(changed.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('has no group without a package', () => {
    const { optionalDependencies } = JSON.parse(read('scripts/node/package.json')) as {
      optionalDependencies: object
    }
    const packages = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
    const patterns = Object.values(updates[0]?.groups ?? {}).flatMap((group) => group.patterns)
    expect(patterns.length).toBeGreaterThan(0)
    const isUsed = (pattern: string) => packages.some((name) => name.startsWith(pattern.replace(/\*$/, '')))
    expect(patterns.filter((pattern) => !isUsed(pattern))).toEqual([])
  })
})
