import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import createIgnore, { type Ignore } from 'ignore'
import { limits } from './limits.ts'

const ignoreFileName = '.lambdactlignore'

const clutter = ['.git', '.hg', '.svn', '.DS_Store', '__pycache__', '*.pyc', '.pytest_cache']
const ours = ['lambdactl.yaml', '.lambdactl*']
const secrets = ['.env*', '*.key', 'id_rsa', 'id_ed25519']

/** Paths are relative always; without the second one a file called `...` would be an error. */
const options = { ignorecase: false, allowRelativePaths: true }

/** Which paths of a source folder stay out of its package. */
export interface Excludes {
  /** Folders end with a slash, as gitignore rules want them. */
  excludes(path: string): boolean
  /** Whether a file's name alone says that it is a secret. */
  looksSecret(path: string): boolean
  /** Whether the user's rules take a file in that the defaults would leave out. */
  wants(path: string): boolean
}

/** The defaults, then the gitignore rules of `.lambdactlignore`, which may take a file back in with `!`. */
export function readExcludes(directory: string): Excludes {
  const own = readRules(join(directory, ignoreFileName))
  const all = matcher([...clutter, ...ours, ...secrets]).add(own)
  const secret = matcher(secrets)
  const user = createIgnore(options).add(own)
  return {
    // The defaults go by names alone, and the folders above were tested when they were walked.
    excludes: own === '' ? (path) => all.ignores(lastName(path)) : (path) => all.ignores(path),
    looksSecret: (path) => secret.ignores(path),
    wants: (path) => user.test(path).unignored,
  }
}

/**
 * Whether a `.pem` file holds a private key. Certificates are public, and packages such as certifi break without
 * theirs: so the name alone does not decide.
 */
export function holdsPrivateKey(absolutePath: string, size: number): boolean {
  // One that is larger than a package may be is refused for that.
  return size <= limits.unzipped && readFileSync(absolutePath, 'latin1').includes('PRIVATE KEY-----')
}

/** `deep/.env` is `.env`, `deep/.git/` is `.git/`. */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/', path.length - 2) + 1)
}

function matcher(rules: readonly string[]): Ignore {
  return createIgnore(options).add(rules)
}

function readRules(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
