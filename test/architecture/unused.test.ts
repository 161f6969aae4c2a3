import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPlanted } from './planted.ts'

const root = join(import.meta.dirname, '../..')
const knip = join(root, 'node_modules/knip/bin/knip.js')
const planted = {
  'knip.json': readFileSync(join(root, 'knip.json'), 'utf8'),
  'package.json': JSON.stringify({
    name: 'planted',
    type: 'module',
    devDependencies: { chalk: '*', zod: '*' },
  }),
  'src/commands/status.ts':
    "import chalk from 'chalk'\nimport { status } from '../workflows/status.ts'\nstatus(chalk)\n",
  'src/workflows/status.ts':
    'export const status = String\nexport const unused = 1\nexport interface Unused {}\n',
  'src/workflows/nobody.ts': 'export const nobody = 1\n',
  'src/gates/tested.ts': 'export const tested = 1\n',
  'test/gates/tested.test.ts': "import { tested } from '../../src/gates/tested.ts'\nString(tested)\n",
}

/** The lines of knip's report on the planted tree, by the project's own configuration. */
function reported(...args: string[]): string[] {
  return withPlanted(planted, (folder) => {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const command = [knip, '--reporter', 'compact', ...args]
    const { stdout } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
    return stdout.trim().split('\n')
  })
}

test('a file, a package, an export and a type that nobody uses are reported', () => {
  expect(reported()).toEqual([
    'Unused files (1)',
    'src/workflows/nobody.ts: src/workflows/nobody.ts',
    'Unused devDependencies (1)',
    'package.json: zod',
    'Unused exports (1)',
    'src/workflows/status.ts: unused',
    'Unused exported types (1)',
    'src/workflows/status.ts: Unused',
  ])
})

test('a source file that only tests use is reported, too', () => {
  expect(reported('--production', '--include', 'files')).toContain('src/gates/tested.ts: src/gates/tested.ts')
})
