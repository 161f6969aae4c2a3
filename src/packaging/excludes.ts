import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import createIgnore, { type Ignore } from 'ignore'

const ignoreFileName = '.lambdactlignore'

const clutter = ['.git', '.hg', '.svn', '.DS_Store', '__pycache__', '*.pyc', '.pytest_cache']
const ours = ['lambdactl.yaml', '.lambdactl*']
const secrets = ['.env*', '*.key', 'id_rsa', 'id_ed25519']

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
export async function readExcludes(directory: string): Promise<Excludes> {
  const own = await readRules(join(directory, ignoreFileName))
  const all = matcher([...clutter, ...ours, ...secrets]).add(own)
  const secret = matcher(secrets)
  const user = createIgnore({ ignorecase: false }).add(own)
  return {
    excludes: (path) => all.ignores(path),
    looksSecret: (path) => secret.ignores(path),
    wants: (path) => user.test(path).unignored,
  }
}

/**
 * Whether a `.pem` file holds a private key. Certificates are public, and packages such as certifi break without
 * theirs: so the name alone does not decide.
 */
export async function holdsPrivateKey(absolutePath: string): Promise<boolean> {
  return (await readFile(absolutePath, 'latin1')).includes('PRIVATE KEY-----')
}

function matcher(rules: readonly string[]): Ignore {
  return createIgnore({ ignorecase: false }).add(rules)
}

async function readRules(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
