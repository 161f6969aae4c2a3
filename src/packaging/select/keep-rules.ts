import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasDevelopment } from './development-packages.ts'
import { defaultRules, holdsPrivateKey, isPrivateKey, isSecretName, literal } from './excludes.ts'

/** The rules that keep files which a package of the folder would leave out by default. */
export interface KeepRules {
  /** Lines of a `.lambdactlignore`; empty if all files go in anyway. */
  readonly rules: readonly string[]
  /** The kept files that look like secrets, or are private keys. */
  readonly secrets: readonly string[]
}

/**
 * The rules of a `.lambdactlignore` that make a package of the folder keep all deployed files. Secrets and lambdactl's
 * own files are named one by one, so that no later secret is included; clutter, tests and development packages are
 * named by kind.
 *
 * @param paths of the folder's files, relative to it
 */
export async function keepRules(folder: string, paths: readonly string[]): Promise<KeepRules> {
  const ruleFor = defaultRules(folder)
  const rules = new Set<string>()
  const secrets = new Set<string>()
  for (const path of paths) {
    for (const each of withFolders(path)) {
      const found = ruleFor(each, nameOf(each))
      if (!found) continue
      const byName = found.kind !== 'secret' && found.kind !== 'ours'
      rules.add(byName ? found.rule : literal(each))
      if (found.kind === 'secret') secrets.add(path)
    }
    if (path.endsWith('.pem') && (await holdsKey(join(folder, path)))) {
      rules.add(literal(path))
      secrets.add(path)
    }
  }
  if (hasDevelopment(folder, paths)) rules.add('node_modules/')
  return { rules: Array.from(rules, (rule) => `!${rule}`), secrets: [...secrets] }
}

/** Tells whether a file looks like a secret: by a name on its path, or as a private key. */
export function looksSecret(path: string, content: Buffer): boolean {
  const isKey = () => path.endsWith('.pem') && isPrivateKey(content.toString('latin1'))
  return path.split('/').some(isSecretName) || isKey()
}

/** `a/`, `a/b/` and `a/b/c`. */
function withFolders(path: string): string[] {
  const names = path.split('/')
  return names.map((_, index) => names.slice(0, index + 1).join('/') + (index + 1 < names.length ? '/' : ''))
}

function nameOf(path: string): string {
  return /[^/]+(?=\/?$)/.exec(path)?.[0] ?? ''
}

async function holdsKey(file: string): Promise<boolean> {
  return holdsPrivateKey(file, (await lstat(file)).size)
}
