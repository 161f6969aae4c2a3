import { readFileSync } from 'node:fs'
import { execute } from '@oclif/core/execute'
import { settings } from '@oclif/core/settings'

/**
 * Runs the command that the arguments name.
 *
 * @param dir a module of the installed program, from which oclif finds its package.json and manifest
 */
export async function main(dir: string): Promise<void> {
  // The built commands count, for any NODE_ENV.
  settings.enableAutoTranspile = false
  if (asksForVersion(process.argv.slice(2))) return tellVersion(dir)
  await execute({ dir })
}

/** oclif answers these itself, and only as text. */
function asksForVersion([word = '', ...more]: readonly string[]): boolean {
  return ['version', '--version', '-v'].includes(word) && more.includes('--json')
}

function tellVersion(dir: string): void {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', dir), 'utf8')) as { version: string }
  const { node } = process.versions
  process.stdout.write(
    `${JSON.stringify({ version, node, platform: process.platform, arch: process.arch }, undefined, 2)}\n`,
  )
}
