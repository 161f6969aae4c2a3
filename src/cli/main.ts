import { readFileSync } from 'node:fs'

/** The first word by which a shell asks for the words at its cursor; it is answered before oclif is loaded. */
const completionWord = '__complete'

/**
 * Runs the command that the arguments name.
 *
 * @param dir a module of the installed program, from which oclif finds its package.json and manifest
 */
export async function main(dir: string): Promise<void> {
  const [word = '', ...more] = process.argv.slice(2)
  if (word === completionWord) {
    const { answerShell } = await import('./completion/answer.ts')
    return answerShell(new URL('..', dir), more)
  }
  if (asksForVersion(process.argv.slice(2))) return tellVersion(dir)
  const { execute } = await import('./run/execute.ts')
  await execute(dir)
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
