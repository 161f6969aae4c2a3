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

async function tellVersion(dir: string): Promise<void> {
  const { versioned } = await import('../ui/text/json/versioned.ts')
  const { version } = JSON.parse(readFileSync(new URL('../package.json', dir), 'utf8')) as { version: string }
  process.stdout.write(`${JSON.stringify(versioned(versionDocument(version)), undefined, 2)}\n`)
}

/** The document of `version`. */
interface VersionDocument {
  version: string
  /** The version of Node.js. */
  node: string
  platform: string
  arch: string
}

function versionDocument(version: string): VersionDocument {
  const { node } = process.versions
  return { version, node, platform: process.platform, arch: process.arch }
}
