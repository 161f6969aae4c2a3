import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withPlanted } from './planted.ts'

const root = join(import.meta.dirname, '../..')
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
const config = {
  '.oxlintrc.json': readFileSync(join(root, '.oxlintrc.json'), 'utf8'),
  'tsconfig.json': readFileSync(join(root, 'tsconfig.json'), 'utf8'),
}

/** The output of the project's lint for these lines in src/cli. */
function lint(...lines: string[]): string {
  return withPlanted({ ...config, 'src/cli/planted.ts': `${lines.join('\n')}\n` }, (planted) => {
    symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'))
    const args = ['--type-aware', '--deny-warnings', '--format=unix', 'src']
    const { status, stdout } = spawnSync(process.execPath, [oxlint, ...args], {
      cwd: planted,
      encoding: 'utf8',
    })
    return `exit ${status}\n${stdout}`
  })
}

test('the lint passes plain code', () => {
  expect(lint('export const answer: number = 42')).toContain('exit 0')
})

test.each([
  ['no-floating-promises', ['export async function go() {}', 'go()']],
  ['no-misused-promises', ['export const all = [1].filter(async () => true)']],
  ['no-explicit-any', ['export const x: any = 1']],
  ['no-empty', ['try {', '  JSON.parse("")', '} catch {}']],
  ['no-restricted-imports', ["export { Flags } from '@oclif/core'"]],
  ['no-console', ['console.log(1)']],
  ['consistent-type-imports', ["import { Stats } from 'node:fs'", 'export const f = (s: Stats) => s.size']],
  [
    'switch-exhaustiveness-check',
    ["export const f = (s: 'a' | 'b') => {", "  switch (s) { case 'a': return 1 }", '}'],
  ],
  ['max-params', ['export const sum = (a: 1, b: 1, c: 1, d: 1, e: 1) => a + b + c + d + e']],
  ['max-lines', Array.from({ length: 301 }, (_, n) => `export const x${n} = ${n}`)],
  [
    'max-lines-per-function',
    ['export function f() {', ...Array.from({ length: 60 }, (_, n) => `  String(${n})`), '}'],
  ],
])('the lint refuses what %s forbids', (rule, lines) => {
  const said = lint(...lines)
  expect(said).toContain('exit 1')
  expect(said).toContain(`(${rule})`)
})
